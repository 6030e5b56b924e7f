"""``/office/columns``: documents by the office's own columns, each count leading to its documents."""

from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.office.catalogues.columns import NO_COLUMN, ColumnRow
from search.api.routes.office.catalogues.columns import Days, Number, column_findings, column_matrix, columns_of
from search.http.auth import services_of
from search.office.catalogue.columns.matrix import Selection, find_column_entries
from search.office.catalogue.columns.review import DAYS
from search.office.catalogue.columns.table import NO_NAME, column_names
from search.pages.office.view import finding_view
from search.pages.render import page

router = APIRouter(prefix="/columns", default_response_class=HTMLResponse)

SHOWN = 200
_LONGEST = 200


@router.get("")
def columns_page(request: Request, issuer: str = "", site: str = "", year: str = "", days: Days = DAYS) -> HTMLResponse:
    """Show the counts by sub-site, unit and year, and which columns are empty or stale."""
    services = services_of(request)
    if not services.office.columns:
        return page("office/columns_missing.html", here="office")
    columns = columns_of(services)
    selection = Selection(issuer.strip()[:_LONGEST], site.strip()[:_LONGEST], year.strip()[:4])
    rows = column_matrix(services, selection).rows
    found = column_findings(services, column_matrix(services, Selection(selection.unit, selection.site)), days)
    numbers = [*(one.number for one in columns), NO_COLUMN]
    return page(
        "office/columns.html",
        columns=columns,
        rows=[_shown(row, numbers) for row in rows[:SHOWN]],
        row_count=len(rows),
        documents=sum(row.documents for row in rows),
        findings=[finding_view(one) for one in found[:SHOWN]],
        count=len(found),
        selection=selection,
        days=days,
        given=_given(issuer=selection.unit, site=selection.site, year=selection.year),
        lacking=_given(issuer=selection.unit, site=selection.site, days=str(days)),
        here="office",
    )


@router.get("/documents")
def documents_page(
    request: Request, number: Number = None, issuer: str = "", site: str = "", year: str = ""
) -> HTMLResponse:
    """Show the documents of one count."""
    services = services_of(request)
    columns = columns_of(services)
    chosen = Selection(issuer.strip()[:_LONGEST], site.strip()[:_LONGEST], year.strip()[:4], number)
    found = list(islice(find_column_entries(services.index, columns, chosen), SHOWN + 1))
    names = {one.number: one.name for one in columns}
    return page(
        "office/columns_documents.html",
        rows=[(one, column_names(columns, one.columns), max(one.dates, default="")) for one in found[:SHOWN]],
        more=len(found) > SHOWN,
        name="全部文件" if number is None else names.get(number, NO_NAME),
        selection=chosen,
        given=_address(chosen),
        here="office",
    )


def _shown(row: ColumnRow, numbers: list[int]) -> tuple[ColumnRow, list[tuple[int, str]], str]:
    """Return a row with its counts and their URLs, and the URL of all its documents."""
    whole = Selection(row.unit, row.site or "/", row.year)
    counts = [
        (row.counts.get(number, 0), _address(Selection(whole.unit, whole.site, whole.year, number)))
        for number in numbers
    ]
    return row, counts, _address(whole)


def _address(chosen: Selection) -> str:
    number = "" if chosen.number is None else str(chosen.number)
    return _given(column=number, issuer=chosen.unit, site=chosen.site, year=chosen.year)


def _given(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
