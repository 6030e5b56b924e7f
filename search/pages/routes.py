"""The pages: the search at ``/`` and a document at ``/d/{id}``."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from schemas.outcomes import State
from search.api.access import services_of, shown_record
from search.api.originals import SHOWN
from search.pages.form import last_page, page_numbers, read_form
from search.pages.reading import damaged, read, removed
from search.pages.render import ROOT, page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def static_files() -> StaticFiles:
    """Return the application that serves style sheet and icon."""
    return StaticFiles(directory=ROOT / "static")


@router.get("/")
def search_page(request: Request) -> HTMLResponse:
    """Show the search form, and below it what was found."""
    services = services_of(request)
    form = read_form(request.query_params)
    if form.blank:
        counts = services.index.counts()
        held = sum(counts.get(state, 0) for state in (State.INDEXED, State.PARTIAL))
        return page("home.html", form=form, searchable=held)
    result = services.index.search(form.query())
    last = last_page(result.documents)
    return page("search.html", form=form, result=result, last=last, numbers=page_numbers(form.page, last))


@router.get("/d/{identifier}")
def document_page(request: Request, identifier: str, at: str = "", part: str = "") -> HTMLResponse:
    """Show a document: its record, outline and text, and what happened to it on the way."""
    services = services_of(request)
    record = shown_record(services, identifier)
    details = services.details(record)
    number = int(part) if part.isascii() and part.isdigit() and len(part) < 7 else 1
    return page(
        "document.html",
        record=record,
        reading=read(record, services.index.sections(identifier), at=at, part=number),
        removed=removed(details),
        damaged=damaged(details),
        damages=len(details.damages) if details else 0,
        downloadable=record.state in SHOWN and record.parent is None,
    )
