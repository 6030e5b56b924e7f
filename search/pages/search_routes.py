"""The search page at ``/``, the catalogue at ``/catalogue``, and the page of similar sections."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from schemas.outcomes import SEARCHABLE
from schemas.queries import Query, SearchResult, Sort
from search.http.auth import READING, services_of, shown_record
from search.office.validity.hits import mark_hits
from search.pages import document_routes
from search.pages.desk import upload_routes
from search.pages.form import SIZE, Form, read_form
from search.pages.office import routes as office
from search.pages.original import drawn_page_routes
from search.pages.render import ROOT, page
from search.pages.results import chips, groups, neighbours, program_url, sorts
from search.protocol import Index
from search.query.operators import find_joined_or, list_unknown
from search.results.example_queries import examples_from

reading = APIRouter(default_response_class=HTMLResponse, dependencies=[Depends(READING)])

CATALOGUE = "/catalogue"
LISTED = 25
# Number of documents shown on the entry page.
NEWEST = 8
BROWSED = ("kind", "issuer", "year")
CATALOGUED = ("issuer", "year", "kind", "region")
# Number of facet values offered on the first page and in the catalogue.
FEW, MANY = 8, 15
FILES = {"CSV": "csv", "JSONL": "jsonl", "XLSX": "xlsx"}


def static_files() -> StaticFiles:
    """Return the application that serves style sheet, script and icon."""
    return StaticFiles(directory=ROOT / "static")


@reading.get("/")
def search_page(request: Request) -> HTMLResponse:
    """Show the search form, and the hits below it."""
    services = services_of(request)
    index = services.index
    form = read_form(request.query_params)
    if form.blank:
        return _entry_page(index, form)
    query = form.query()
    result = mark_hits(index.search(query), query, services.office.repealed())
    return page(
        "search.html",
        **_template_values(form, result, "/"),
        feed=program_url(form, "/v1/feed"),
        save=program_url(form, "/office/searches/new"),
        **_misread(form.q),
    )


def _entry_page(index: Index, form: Form) -> HTMLResponse:
    """Show what is there: the newest documents, counts by kind, issuer and year, and queries to try."""
    counts = index.counts()
    held = sum(counts.get(state, 0) for state in SEARCHABLE)
    found = index.search(Query("", size=NEWEST, sections_each=1, facets=BROWSED)) if held else None
    return page(
        "home.html",
        form=form,
        searchable=held,
        newest=found.hits if found else (),
        groups=groups(found.facets if found else (), form, path=CATALOGUE, at_once=FEW),
        examples=examples_from(found.hits if found else ()),
        lacks=index.lacks(),
    )


@reading.get(CATALOGUE)
def catalogue_page(request: Request) -> HTMLResponse:
    """Show all documents without a search, with counts by issuer, year and kind."""
    form = replace(read_form(request.query_params), q="", role="", explain="", fold="")
    # The catalogue shows every document, including reprints; without words the newest come first.
    asked = replace(form.query(size=LISTED, facets=CATALOGUED), fold=False, sections_each=1)
    result = services_of(request).index.search(asked)
    values = _template_values(form, result, CATALOGUE, size=LISTED, at_once=MANY)
    orders = sorts(form, path=CATALOGUE, orders=(Sort.NEWEST, Sort.OLDEST))
    return page("catalogue.html", **values | {"sorts": orders}, here="catalogue")


@reading.get("/d/{identifier}/similar")
def similar_page(request: Request, identifier: str, at: str = "") -> HTMLResponse:
    """Show sections of other documents that are similar to one section."""
    services = services_of(request)
    shown_record(services, identifier)
    article, _, ordinal = at.removeprefix("s").partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in (article, ordinal)):
        raise HTTPException(404, "no such section")
    rows = services.index.sections(identifier)
    row = next((row for row in rows if (row.article, row.ordinal) == (int(article), int(ordinal))), None)
    if row is None:
        raise HTTPException(404, "no such section")
    result = services.index.similar(identifier, row.article, row.ordinal)
    return page("similar.html", row=row, at=at, result=result, form=Form())


def _misread(q: str) -> dict[str, Any]:
    """Return what was typed as a mark of the query language and is none."""
    return {"unknown": list_unknown(q), "joined": find_joined_or(q)}


def _template_values(
    form: Form, result: SearchResult, path: str, *, size: int = SIZE, at_once: int = 6
) -> dict[str, Any]:
    before, after = neighbours(form, result, path=path, size=size)
    return {
        "form": form,
        "result": result,
        "groups": groups(result.facets, form, path=path, at_once=at_once),
        "chips": chips(form, path=path),
        "sorts": sorts(form, path=path),
        "before": before,
        "after": after,
        "exports": {
            name: program_url(form, "/v1/search/export", document_format=form.format, format=file)
            for name, file in FILES.items()
        },
    }


reading.include_router(document_routes.router)
reading.include_router(drawn_page_routes.router)
reading.include_router(office.router)
router = APIRouter(include_in_schema=False)
router.include_router(reading)
router.include_router(upload_routes.router)
