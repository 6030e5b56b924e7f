"""``/office/annual``: the annual reports, their findings, and the check of a report before publication."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import HTMLResponse

from schemas.access import Scope
from search.api.routes.office.annual import check_file, review
from search.http.auth import caller_of, services_of
from search.pages.office.view import finding_view
from search.pages.render import page

router = APIRouter(prefix="/annual", default_response_class=HTMLResponse)

SHOWN = 200


@router.get("")
def annual_page(request: Request, unit: str = "", year: str = "") -> HTMLResponse:
    """Show the reports and the findings, of one unit or year if given."""
    wanted = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    reports, found = review(services_of(request), unit.strip()[:200], wanted)
    given = {name: value for name, value in (("unit", unit.strip()), ("year", wanted)) if value}
    return page("office/annual.html", **_values(found), reports=reports, unit=unit, year=wanted, given=urlencode(given))


@router.post("")
def check_page(request: Request, file: UploadFile) -> HTMLResponse:
    """Show the findings of a sent report; the file is not stored."""
    caller = caller_of(request)
    if not caller.may(Scope.WRITE):
        return page("sign_in.html", 401, known=caller.key is not None, next="/office/annual", here="office")
    found = check_file(services_of(request), file)
    return page("office/annual_checked.html", **_values(found), name=file.filename or "文件")


def _values(found: list[Any]) -> dict[str, Any]:
    return {"findings": [finding_view(one) for one in found[:SHOWN]], "count": len(found), "here": "office"}
