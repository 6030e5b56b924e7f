"""``/office/letters``: letters of answer by result, each count leading to its letters; ``/office/fee``: the fee."""

from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.office.findings import basis_text
from search.api.routes.office.letters import Result
from search.http.auth import services_of
from search.office.letters.count import (
    NUMBERS,
    LetterCount,
    LetterSelection,
    ListedLetter,
    count_letters,
    find_letters,
    result_names,
)
from search.office.letters.fee import BY_PAGES, BY_REQUESTS, MOST, Fee, fee_by_pages, fee_by_requests, fee_rows
from search.office.letters.reader import load_results
from search.pages.office.catalogue import read_year
from search.pages.render import page

router = APIRouter(default_response_class=HTMLResponse)

SHOWN = 200


@router.get("/letters")
def letters_page(request: Request, unit: str = "", year: str = "") -> HTMLResponse:
    """Show the counts by unit and year."""
    selection = LetterSelection(unit.strip()[:200], read_year(year))
    rows = count_letters(services_of(request).index, selection)
    return page(
        "office/letters.html",
        results=load_results(),
        rows=[_row(one) for one in rows[:SHOWN]],
        row_count=len(rows),
        totals=[
            (sum(one.results.get(n, 0) for one in rows), _address(selection.unit, selection.year, n)) for n in NUMBERS
        ],
        total=(sum(one.letters for one in rows), _address(selection.unit, selection.year)),
        unit=selection.unit,
        year=selection.year,
        given=_given(unit=selection.unit, year=selection.year),
        here="office",
    )


@router.get("/letters/documents")
def letter_documents_page(request: Request, result: Result = None, unit: str = "", year: str = "") -> HTMLResponse:
    """Show the letters of one count, each with the section that gives its result."""
    selection = LetterSelection(unit.strip()[:200], read_year(year), result)
    found = list(islice(find_letters(services_of(request).index, selection), SHOWN + 1))
    return page(
        "office/letter_documents.html",
        name="全部答复书" if result is None else result_names((result,)),
        rows=[(one, result_names(one.letter.results), _section(one)) for one in found[:SHOWN]],
        more=len(found) > SHOWN,
        unit=selection.unit,
        year=selection.year,
        given=_given(result="" if result is None else str(result), unit=selection.unit, year=selection.year),
        here="office",
    )


@router.get("/fee")
def fee_page(requests: str = "", pages: str = "") -> HTMLResponse:
    """Show a fee with its tiers."""
    found = _fee(requests.strip(), pages.strip())
    return page(
        "office/fee.html",
        requests=requests.strip()[:9],
        pages=pages.strip()[:9],
        fee=found,
        tiers=fee_rows(found)[:SHOWN] if found else [],
        wrong=found is None and bool(requests.strip() or pages.strip()),
        most=MOST,
        bases=[(basis_text(one), one.source) for one in (BY_REQUESTS, BY_PAGES)],
        here="office",
    )


def _fee(requests: str, pages: str) -> Fee | None:
    """Return the fee by one of the two ways; None if not exactly one number is given, or none that can be."""
    given = requests or pages
    if bool(requests) == bool(pages) or not (given.isascii() and given.isdigit()) or int(given[:9]) > MOST:
        return None
    return fee_by_requests(int(requests)) if requests else fee_by_pages(int(pages))


def _row(one: LetterCount) -> dict[str, object]:
    figures = [(one.results.get(number, 0), _address(one.unit, one.year, number)) for number in NUMBERS]
    return {"unit": one.unit, "year": one.year, "figures": figures, "all": (one.letters, _address(one.unit, one.year))}


def _section(one: ListedLetter) -> str:
    anchor = f"s{one.article}-{one.letter.section or 0}"
    return f"/d/{one.document_id}?at={anchor}#{anchor}"


def _address(unit: str, year: str, number: int | None = None) -> str:
    given = _given(result="" if number is None else str(number), unit=unit, year=year)
    return f"/office/letters/documents?{given}"


def _given(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
