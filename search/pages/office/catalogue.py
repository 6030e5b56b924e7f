"""``/office/catalogue``: documents by the classes of 条例第二十条, each count leading to its documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.office.catalogue import UNCLASSED, UNSTATED, CatalogueRow
from search.api.routes.office.catalogue import Months, Number, class_totals, findings_of, matrix_of
from search.http.auth import services_of
from search.office.catalogue.classes import load_classes
from search.office.catalogue.entries import Cell, find_entries
from search.office.catalogue.review import MONTHS
from search.office.catalogue.table import UNCLASSED_NAME, class_names
from search.pages.office.view import finding_view
from search.pages.render import page

router = APIRouter(prefix="/catalogue", default_response_class=HTMLResponse)

SHOWN = 200
_YEAR = len("2025")


@dataclass(frozen=True, slots=True)
class Count:
    """A count for display, and the URL of its documents; empty if it is 0."""

    documents: int
    address: str


@router.get("")
def catalogue_page(request: Request, issuer: str = "", year: str = "", months: Months = MONTHS) -> HTMLResponse:
    """Show the counts by issuer and year, and what the catalogue lacks in all years."""
    issuer, year = issuer.strip()[:200], read_year(year)
    services = services_of(request)
    matrix = matrix_of(services, issuer)
    found = findings_of(services, matrix, months)
    rows = [row for row in matrix.rows if year in ("", row.year)]
    numbers = [*(one.number for one in load_classes()), UNCLASSED]
    counted = [_shown(row, numbers) for row in rows[:SHOWN]]
    totals = class_totals(rows)
    return page(
        "office/catalogue.html",
        classes=load_classes(),
        rows=counted,
        row_count=len(rows),
        totals=[_count(totals[one], one, issuer, year) for one in numbers],
        total=Count(sum(row.documents for row in rows), _total(issuer, year)),
        findings=[finding_view(one) for one in found[:SHOWN]],
        count=len(found),
        issuer=issuer,
        year=year,
        months=months,
        given=_given(issuer=issuer, year=year),
        lacking=_given(issuer=issuer, months=str(months)),
        here="office",
    )


@router.get("/documents")
def documents_page(request: Request, number: Number = None, issuer: str = "", year: str = "") -> HTMLResponse:
    """Show the documents of one count."""
    cell = Cell(issuer.strip()[:200], read_year(year), number)
    found = list(islice(find_entries(services_of(request).index, cell), SHOWN + 1))
    given = _given(**{"class": "" if number is None else str(number)}, issuer=cell.issuer, year=cell.year)
    stated = UNSTATED not in (cell.issuer, cell.year)
    return page(
        "office/catalogue_documents.html",
        rows=[(one, class_names(one.classes)) for one in found[:SHOWN]],
        more=len(found) > SHOWN,
        number=number,
        name=_class_name(number),
        cell=cell,
        given=given,
        search=f"/catalogue?{_given(issuer=cell.issuer, year=cell.year)}" if stated else "",
        here="office",
    )


def _class_name(number: int | None) -> str:
    if number is None:
        return "全部文件"
    texts = {one.number: f"{one.mark}{one.text}" for one in load_classes()}
    return texts.get(number, UNCLASSED_NAME)


def read_year(text: str) -> str:
    """Return a year as the catalogue writes it; empty if it is none."""
    year = text.strip()
    return year if year == UNSTATED or (year.isascii() and year.isdigit() and len(year) == _YEAR) else ""


def _count(documents: int, number: int, issuer: str, year: str) -> Count:
    given = _given(**{"class": str(number)}, issuer=issuer, year=year)
    return Count(documents, f"/office/catalogue/documents?{given}" if documents else "")


def _shown(row: CatalogueRow, numbers: Iterable[int]) -> tuple[CatalogueRow, list[Count], str]:
    """Return a row with its counts, and the URL of all its documents."""
    counts = [_count(row.counts.get(one, 0), one, row.issuer, row.year) for one in numbers]
    return row, counts, _total(row.issuer, row.year)


def _total(issuer: str, year: str) -> str:
    return f"/office/catalogue/documents?{_given(issuer=issuer, year=year)}"


def _given(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
