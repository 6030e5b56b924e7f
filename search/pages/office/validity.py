"""``/office/validity``: which documents others repealed, amended or kept, and what does not fit together."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.office.validity import CHANGES
from search.api.routes.office.validity import findings_of, today, verdicts_of
from search.http.auth import services_of
from search.office.validity.table import chain_text
from search.office.validity.verdicts import repeals
from search.pages.office.view import finding_view
from search.pages.render import page

router = APIRouter(prefix="/validity", default_response_class=HTMLResponse)

SHOWN = 200


@router.get("")
def validity_page(request: Request) -> HTMLResponse:
    """Show what became of documents, with date, words and chain."""
    services = services_of(request)
    verdicts = verdicts_of(services)
    found, ended = findings_of(services, verdicts), repeals(verdicts, today=today())
    rows = [(one, CHANGES[one.statement.change], chain_text(one, ended)) for one in verdicts[-SHOWN:][::-1]]
    return page(
        "office/validity.html",
        rows=rows,
        total=len(verdicts),
        findings=[finding_view(one) for one in found[:SHOWN]],
        count=len(found),
        here="office",
    )
