"""``/office/standard``: a standard catalogue that is sent, its items with their documents, and what is missing."""

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import HTMLResponse

from schemas.access import Scope
from search.api.routes.office.catalogues.standard import matched_of, standard_findings
from search.http.auth import caller_of, services_of
from search.pages.office.view import finding_view
from search.pages.render import page

router = APIRouter(prefix="/standard", default_response_class=HTMLResponse)

SHOWN = 300


@router.get("")
def form_page() -> HTMLResponse:
    """Show the form that takes a standard catalogue."""
    return page("office/standard.html", name="", findings=[], matched=[], here="office")


@router.post("")
def matched_page(request: Request, file: UploadFile) -> HTMLResponse:
    """Show the items of a catalogue that was sent with their documents; it is not kept."""
    services, caller = services_of(request), caller_of(request)
    if not caller.may(Scope.WRITE):
        return page("sign_in.html", 401, known=caller.key is not None, next="/office/standard", here="office")
    name, matched = matched_of(services, file)
    found = standard_findings(services, name, matched)
    return page(
        "office/standard.html",
        name=name,
        findings=[finding_view(one) for one in found[:SHOWN]],
        count=len(found),
        matched=matched[:SHOWN],
        item_count=len(matched),
        here="office",
    )
