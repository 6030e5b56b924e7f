"""``/office/check``: a document looked through before it is published."""

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import HTMLResponse

from schemas.access import Scope
from search.api.routes.office.check import check_sent
from search.http.auth import caller_of, services_of
from search.pages.office.view import finding_view
from search.pages.render import page

router = APIRouter(prefix="/check", default_response_class=HTMLResponse)


@router.get("")
def form_page() -> HTMLResponse:
    """Show the form that takes a document."""
    return page("office/check.html", name="", findings=[], here="office")


@router.post("")
def checked_page(request: Request, file: UploadFile) -> HTMLResponse:
    """Show what is to be mended in a document that was sent; it is not kept."""
    caller = caller_of(request)
    if not caller.may(Scope.WRITE):
        return page("sign_in.html", 401, known=caller.key is not None, next="/office/check", here="office")
    found = check_sent(services_of(request), file)
    findings = [finding_view(one) for one in found]
    return page("office/check.html", name=file.filename or "文件", findings=findings, here="office")
