"""Bucket events from other systems, and health for monitoring."""

import logging
from hmac import compare_digest

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool

from schemas.access import Scope
from schemas.errors import DependencyError
from schemas.events import EventError, parse_events
from search.api.responses import Accepted, Health
from search.http.auth import caller_of, services_of
from search.http.errors import responses

router = APIRouter()
log = logging.getLogger(__name__)

_BODY = {
    "required": True,
    "description": "S3 notification JSON, or what MinIO's webhook sends.",
    "content": {"application/json": {"schema": {"type": "object"}}},
}


@router.post(
    "/v1/events",
    status_code=202,
    tags=["operation"],
    summary="Take over bucket events",
    responses=responses(413),
    openapi_extra={"requestBody": _BODY, "security": [{"events": []}]},
)
async def events(request: Request) -> Accepted:
    """Accept bucket events. An event is only a hint: the object itself is read before anything is done."""
    services = services_of(request)
    _authorise(request, services.event_token)
    try:
        received = parse_events(await request.body())
    except EventError as error:
        raise HTTPException(400, str(error)) from error
    await run_in_threadpool(services.events.send, received)
    return Accepted(len(received))


@router.get(
    "/healthz",
    tags=["operation"],
    summary="Whether the servers answer",
    response_model_exclude_none=True,
    responses={503: {"model": Health, "description": "One of them does not."}},
)
def health(request: Request, response: Response) -> Health:
    """Return whether all servers can be reached, 503 if one cannot; details only to callers who may operate.

    The lines name folders, addresses and versions, which must not be disclosed to others.
    """
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
    return Health(healthy, lines if _may_know(request) else None)


def _may_know(request: Request) -> bool:
    try:
        return caller_of(request).may(Scope.OPERATE)
    except (HTTPException, DependencyError):  # health must be answered in any case
        return False


def _authorise(request: Request, token: str) -> None:
    if not token:
        raise HTTPException(403, "POST /v1/events is closed: no token is configured (GONGKAI_EVENT_TOKEN)")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    matches = compare_digest(given.strip().encode("utf-8"), token.encode("utf-8"))
    if scheme.lower() != "bearer" or not matches:
        log.warning("POST /v1/events received a wrong token; give the sender the value of GONGKAI_EVENT_TOKEN")
        raise HTTPException(401, "the bearer token is not that of GONGKAI_EVENT_TOKEN", {"WWW-Authenticate": "Bearer"})
