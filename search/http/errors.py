"""Errors as RFC 9457 problem documents, or as a page for a browser."""

import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from errno import EDQUOT, ENOSPC
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from schemas.access import Scope
from schemas.errors import BusyError, DependencyError, GongkaiError, ObjectChangedError
from search.http.auth import Action, read_action
from search.http.validation_messages import validation_message

log = logging.getLogger(__name__)

# Folders and addresses must not be disclosed to callers.
_PLACE = re.compile(r"\s+\S*[/:].*")
_NO_ROOM = frozenset({ENOSPC, EDQUOT})
RETRY_AFTER_SECONDS = "5"
MEDIA_TYPE = "application/problem+json"
SCHEMA_NAME = "Problem"

# The OpenAPI schema of every error's body.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "One error, after RFC 9457.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "description": "about:blank: the status says what kind it is"},
        "title": {"type": "string", "description": "the status in words"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong with this request, and what to do"},
        "instance": {"type": "string", "description": "path of the request"},
        "server": {"type": "string", "description": "503: which server does not answer"},
        "errors": {
            "type": "array",
            "description": "422: what is wrong with which parameter",
            "items": {
                "type": "object",
                "required": ["place", "message"],
                "properties": {"place": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}

_MEANINGS = {
    400: "The body cannot be read.",
    401: "An access key is required, or the one that was sent is not valid.",
    403: "The access key does not open this, or the document is held.",
    404: "There is no such thing.",
    405: "The path takes other methods.",
    409: "The object was overwritten and is being read again; try again in a moment.",
    410: "The document was removed.",
    413: "The body is too large.",
    421: "The request names another host than this service's.",
    422: "A parameter is malformed; `errors` says which.",
    429: "Too many requests, in a second or at once; `Retry-After` says when to try again.",
    503: "A server does not answer, or not in time; `Retry-After` says when to try again.",
    507: "The folder for temporary files is full.",
}


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses for these errors and for those of every operation."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{SCHEMA_NAME}"}}}
    wanted = sorted({*statuses, 400, 401, 403, 421, 422, 429, 503})
    return {status: {"description": _MEANINGS[status], "content": content} for status in wanted}


class ErrorPage(Protocol):
    """Renders the error page for a browser."""

    def __call__(
        self, status: int, detail: str, *, back: str = "/", scope: Scope | None = None, action: Action | None = None
    ) -> Response:
        """Return the page.

        Args:
            status: HTTP status.
            detail: What is wrong with the request.
            back: Path to open after signing in.
            scope: The scope the caller lacks, if that is what is wrong.
            action: What to do after signing in instead, if a form was sent.
        """
        ...


def install_error_handlers(app: FastAPI, error_page: ErrorPage) -> None:
    """Make this application return every error as a problem document, or as a page to a browser."""
    app.state.error_page = error_page
    app.add_exception_handler(HTTPException, _http_asking_to_sign_in)
    app.add_exception_handler(RequestValidationError, _handler(_invalid))
    app.add_exception_handler(DependencyError, _handler(_unreachable))
    app.add_exception_handler(ObjectChangedError, _handler(_object_changed))
    app.add_exception_handler(BusyError, _handler(_busy))
    app.add_exception_handler(GongkaiError, _handler(_refusal))
    app.add_exception_handler(OSError, _handler(_short_of_room))
    app.add_exception_handler(Exception, _handler(_crash))


def problem(
    request: Request,
    status: int,
    *,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """Return one error; ``detail`` must say what is wrong with this request and what to do.

    ``members`` are extension members of the problem document (RFC 9457, section 3.2).
    """
    sent = {"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})}
    if "text/html" in request.headers.get("accept", ""):
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        error_page: ErrorPage = request.app.state.error_page
        back = getattr(request.state, "back", back if request.method == "GET" else "/")
        scope, action = getattr(request.state, "lacking", None), getattr(request.state, "action", None)
        page = error_page(status, detail, back=back, scope=scope, action=action)
        # A person signs in on the page; a challenge would make the browser ask for name and password.
        page.headers.update({name: value for name, value in sent.items() if name != "WWW-Authenticate"})
        return page
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body["instance"] = request.url.path
    # A name in the request may contain a lone surrogate, which no JSON reader accepts.
    sent_body = json.dumps({**body, **members}, ensure_ascii=False).encode("utf-8", "replace")
    return Response(sent_body, status, headers=sent, media_type=MEDIA_TYPE)


def _handler(answer: Callable[[Request, Any], Response]) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handler(request: Request, error: Exception) -> Response:
        return answer(request, error)

    return handler


async def _http_asking_to_sign_in(request: Request, error: Exception) -> Response:
    """Answer an error; the form that could not be carried out without a key is carried out after signing in."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.UNAUTHORIZED or hasattr(request.state, "lacking"):
        request.state.action = await read_action(request)
    return _http(request, error)


def _http(request: Request, error: HTTPException) -> Response:
    if isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_ROOM:  # met while the body was read
        return _short_of_room(request, error.__cause__)
    headers, detail = dict(error.headers or {}), str(error.detail)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request)) or headers.get("Allow", "")
        detail = f"this path takes {headers['Allow']}"
    if detail == HTTPStatus.NOT_FOUND.phrase:
        detail = "there is no such path; /openapi.json lists those there are"
    return problem(request, error.status_code, detail=detail, headers=headers)


def _methods(request: Request) -> list[str]:
    """Return all methods of this path; the router names only those of the first matching operation."""
    app: FastAPI = request.app
    described = app.openapi()["paths"].items()
    found = {m.upper() for path, operations in described if _fits(path, request.url.path) for m in operations}
    return sorted(found)


def _fits(template: str, path: str) -> bool:
    parts, given = template.split("/"), path.split("/")
    return len(parts) == len(given) and all(a == b or a[:1] == "{" for a, b in zip(parts, given, strict=True))


def _invalid(request: Request, error: RequestValidationError) -> Response:
    chinese = "text/html" in request.headers.get("accept", "")
    faults = [
        {"place": "/".join(map(str, fault["loc"])), "message": validation_message(fault, chinese=chinese)}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['place']}: {fault['message']}" for fault in faults)
    return problem(request, 422, detail=detail, errors=faults)


def _unreachable(request: Request, error: DependencyError) -> Response:
    log.warning("%s %s: %s", request.method, request.url.path, error)
    caller = getattr(request.state, "caller", None)
    server, detail = _PLACE.sub("", error.server), "a server this needs does not answer; try again in a moment"
    if caller is not None and caller.may(Scope.OPERATE):
        server, detail = error.server, str(error)
    return problem(request, 503, detail=detail, headers={"Retry-After": RETRY_AFTER_SECONDS}, server=server)


def _object_changed(request: Request, error: ObjectChangedError) -> Response:
    detail = "the object was overwritten and its new version is being processed; try again shortly"
    return problem(request, 409, detail=detail, headers={"Retry-After": RETRY_AFTER_SECONDS})


def _busy(request: Request, error: BusyError) -> Response:
    return problem(request, 503, detail=str(error), headers={"Retry-After": RETRY_AFTER_SECONDS})


def _refusal(request: Request, error: GongkaiError) -> Response:
    return problem(request, 422, detail=str(error))


def _short_of_room(request: Request, error: OSError) -> Response:
    if error.errno not in _NO_ROOM:
        raise error
    log.warning("the folder for temporary files is full; make room there, or let TMPDIR name a larger one")
    detail = (
        "the folder for temporary files is full; its operator has to make room there, or set TMPDIR; try again later"
    )
    return problem(request, 507, detail=detail, headers={"Retry-After": "60"})


def _crash(request: Request, error: Exception) -> Response:
    return problem(
        request, 500, detail="a defect of this service, recorded in its log; the request was not carried out"
    )
