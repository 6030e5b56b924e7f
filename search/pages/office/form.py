"""``/office/form``: the annual report's form filled from a table of records."""

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.responses import HTMLResponse

from schemas.access import Scope
from search.api.routes.office.form import As, Problems, Unit, Year, form_download
from search.http.auth import caller_of, services_of
from search.office.records.applications import COLUMNS, DISPUTE_COLUMNS
from search.pages.render import page

router = APIRouter(prefix="/form", default_response_class=HTMLResponse)

NEEDED = {"applicant": "必填", "received_on": "必填"}


@router.get("")
def form_page() -> HTMLResponse:
    """Show the upload form, and the columns a table of records must have."""
    columns = [(" 或 ".join(heads), NEEDED.get(field, "")) for field, heads in COLUMNS.items()]
    disputes = "、".join(heads[0] for heads in DISPUTE_COLUMNS.values())
    return page("office/form.html", columns=columns, disputes=disputes, here="office")


@router.post("")
def fill_page(
    request: Request, file: UploadFile, unit: Unit, year: Year, problems: Problems = "", file_format: As = "docx"
) -> Response:
    """Send the filled form."""
    caller = caller_of(request)
    if not caller.may(Scope.WRITE):
        return page("sign_in.html", 401, known=caller.key is not None, next="/office/form", here="office")
    return form_download(services_of(request), file, unit=unit, year=year, problems=problems, file_format=file_format)
