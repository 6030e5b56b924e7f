"""Searching over HTTP: a page of hits, all hits as a file, the newest as a feed."""

from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from schemas.queries import MAX_OFFSET, DocumentHit, Sort
from schemas.records import DocumentRecord
from search.api import atom
from search.api.export import COLUMNS, every_hit, table_rows
from search.api.originals import disposition
from search.api.parameters import ExportParameters, PageParameters, SearchParameters
from search.api.responses import SearchAnswer, search_answer
from search.api.tables import csv_lines, json_lines, xlsx_chunks
from search.http.auth import READING, services_of, shown_documents
from search.http.errors import responses
from search.http.etag import entity_tag, headers, not_modified
from search.http.urls import article_page, site_of, with_query
from search.office.validity.hits import mark_hits

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(READING)], responses=responses())

FEED_ENTRIES = 50
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl", "xlsx": SHEET}
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@router.get("/search", summary="Search sections")
def search(request: Request, asked: Annotated[PageParameters, Query()]) -> SearchAnswer:
    """Return one page of hits, grouped by article. An empty query matches everything.

    Follow `cursor` to walk the whole list; `page` reaches the first 10,000 articles.
    """
    if asked.cursor is None and asked.page * asked.size > MAX_OFFSET:
        raise HTTPException(422, f"page × size is at most {MAX_OFFSET}; follow `cursor` instead")
    services, query = services_of(request), asked.query()
    result = mark_hits(services.index.search(query), query, services.office.repealed())
    return search_answer(result, page=asked.page, size=asked.size)


@router.get(
    "/search/export",
    summary="Export the whole list of hits",
    response_class=StreamingResponse,
    responses={
        200: {"description": "The file.", "content": dict.fromkeys(("text/csv", "application/jsonl", SHEET), _FILE)}
    },
)
def export(request: Request, asked: Annotated[ExportParameters, Query()]) -> StreamingResponse:
    """Send every hit: CSV and XLSX with a row for each section, JSON lines with an object for each article.

    If the connection ends before the last chunk, the list is incomplete.
    """
    site = site_of(request)
    hits = every_hit(services_of(request).index.search, asked.query())
    rows = (row for hit in hits for row in table_rows(hit, site=site))
    if asked.format == "jsonl":
        chunks = json_lines(hits)
    else:
        chunks = (csv_lines if asked.format == "csv" else xlsx_chunks)(COLUMNS, rows)
    sent = {"Content-Disposition": disposition(f"检索结果.{asked.format}"), "Cache-Control": "no-store"}
    return StreamingResponse(chunks, media_type=MEDIA_TYPES[asked.format], headers=sent)


@router.get(
    "/feed",
    summary="Follow a search as an Atom feed",
    response_class=Response,
    responses={
        200: {"description": "The feed.", "content": {atom.MEDIA_TYPE: {"schema": {"type": "string"}}}},
        304: {"description": "Nothing has changed since `If-None-Match`."},
    },
)
def follow(request: Request, asked: Annotated[SearchParameters, Query()]) -> Response:
    """Return the newest matching articles. A feed reader sends its key, if one is required, as the password."""
    services, site = services_of(request), site_of(request)
    query = replace(asked.query(sort=Sort.NEWEST), size=FEED_ENTRIES)
    hits = services.index.search(query).hits
    shown = shown_documents(services, (hit.document_id for hit in hits))
    entries = [_entry(hit, shown[hit.document_id], site) for hit in hits if hit.document_id in shown]
    given = asked.model_dump(exclude_defaults=True, mode="json")
    page = with_query(f"{site}/", given)
    name = with_query("feed", given)
    body = atom.feed(_title(asked), entries, name=name, address=with_query(f"{site}/v1/feed", given), page=page)
    return feed_response(request, body)


def feed_response(request: Request, body: bytes) -> Response:
    """Return a feed, or 304 if the reader already has it."""
    tag = entity_tag(sha256(body).hexdigest())
    return not_modified(request, tag) or Response(body, media_type=atom.MEDIA_TYPE, headers=headers(tag))


def _entry(hit: DocumentHit, record: DocumentRecord, site: str) -> atom.AtomEntry:
    facts = [fact for fact in (hit.issuer, hit.document_number, hit.signed_on or hit.published_on) if fact]
    texts = [" › ".join(section.path_original or section.path) + "：" + section.text.text for section in hit.sections]
    return atom.AtomEntry(
        name=f"{hit.document_id}/{hit.article}",
        title=hit.title.text,
        link=article_page(site, hit.document_id, article=hit.article),
        updated=record.indexed_at,
        summary="\n".join(["　".join(facts), *texts]).strip(),
        author=hit.issuer,
    )


def _title(asked: SearchParameters) -> str:
    words = [asked.q, asked.issuer, asked.region, asked.kind, str(asked.year or "")]
    return "公开检索：" + (" ".join(word for word in words if word) or "全部文件")
