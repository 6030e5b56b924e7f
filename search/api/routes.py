"""What programs ask: search, documents, originals, bucket events, health."""

from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from schemas.errors import DependencyError
from schemas.events import EventError, parse_events
from schemas.queries import Query as Search
from search.api.access import services_of, shown_record
from search.api.answers import Accepted, DocumentAnswer, Health, SearchAnswer, document_answer, search_answer
from search.api.originals import original_response

router = APIRouter()

LONGEST_QUERY = 1000
LONGEST_EVENT_MESSAGE = 1_000_000
# Elasticsearch answers the first 10,000 hits of a query (index.max_result_window).
DEEPEST_HIT = 10_000


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=LONGEST_QUERY, description='words; "…" is an exact phrase')] = "",
    issuer: Annotated[str | None, Query(max_length=200, description="发文机关, exact")] = None,
    year: Annotated[int | None, Query(ge=1, le=9999, description="year of 成文日期, else of 发布日期")] = None,
    prefix: Annotated[str | None, Query(max_length=1024, description="start of the object key")] = None,
    page: Annotated[int, Query(ge=1, le=DEEPEST_HIT, description="1-based")] = 1,
    size: Annotated[int, Query(ge=1, le=100, description="articles a page")] = 10,
) -> SearchAnswer:
    """Return one page of hits, grouped by article, best first. An empty query matches everything."""
    if page * size > DEEPEST_HIT:
        raise HTTPException(422, f"page × size is at most {DEEPEST_HIT}; narrow the query instead")
    asked = Search(q, issuer=issuer or None, year=year, prefix=prefix or None, size=size, offset=(page - 1) * size)
    return search_answer(services_of(request).index.search(asked), page=page, size=size)


@router.get("/documents/{identifier}")
def document(request: Request, identifier: str) -> DocumentAnswer:
    """Return one document: metadata, outline, sections, problems, what was removed and where text is damaged."""
    services = services_of(request)
    record = shown_record(services, identifier)
    return document_answer(record, services.index.sections(identifier), details=services.details(record))


@router.get("/documents/{identifier}/original", response_class=StreamingResponse)
def original(request: Request, identifier: str) -> StreamingResponse:
    """Send the file as it was uploaded, always as a download."""
    services = services_of(request)
    return original_response(services, shown_record(services, identifier))


@router.post("/events", status_code=202)
async def events(request: Request) -> Accepted:
    """Take over bucket events: S3 notification JSON, or what MinIO's webhook sends. Needs the bearer token."""
    services = services_of(request)
    _authorise(request, services.event_token)
    try:
        received = parse_events(await _body(request))
    except EventError as error:
        raise HTTPException(400, str(error)) from error
    await run_in_threadpool(services.events.send, received)
    return Accepted(len(received))


@router.get("/healthz")
def health(request: Request, response: Response) -> Health:
    """Say of each server whether it can be reached; 503 if one cannot."""
    services = services_of(request)
    checks = {"index": services.index.describe, "objects": services.objects.describe}
    checks["broker"] = services.events.describe
    lines: dict[str, str] = {}
    healthy = True
    for name, describe in checks.items():
        try:
            lines[name] = describe()
        except DependencyError as error:
            healthy, lines[name] = False, f"not reachable: {error}"
    response.status_code = 200 if healthy else 503
    response.headers["Cache-Control"] = "no-store"
    return Health(healthy, lines)


def _authorise(request: Request, token: str) -> None:
    if not token:
        raise HTTPException(403, "POST /events is closed: no token is configured (GONGKAI_EVENT_TOKEN)")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    matches = compare_digest(given.strip().encode("utf-8"), token.encode("utf-8"))
    if scheme.lower() != "bearer" or not matches:
        raise HTTPException(401, "a valid bearer token is required", {"WWW-Authenticate": "Bearer"})


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_EVENT_MESSAGE:
            raise HTTPException(413, f"an event message holds at most {LONGEST_EVENT_MESSAGE} bytes")
    return bytes(body)
