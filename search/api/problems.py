"""Errors as RFC 9457 problem documents, or as a page where a browser asked."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from schemas.errors import DependencyError, ObjectChangedError
from search.pages.render import error_page

RETRY_AFTER_SECONDS = "5"


def install(app: FastAPI) -> None:
    """Make every error of this application leave as a problem document."""
    app.add_exception_handler(HTTPException, _handled(_http))
    app.add_exception_handler(RequestValidationError, _handled(_invalid))
    app.add_exception_handler(DependencyError, _handled(_unreachable))
    app.add_exception_handler(ObjectChangedError, _handled(_changed))
    app.add_exception_handler(Exception, _handled(_crash))


def problem(
    request: Request,
    status: int,
    *,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """Return one error: ``detail`` says what is wrong with this very request and what to do.

    ``members`` are extension members of the problem document (RFC 9457, section 3.2).
    """
    sent = {"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})}
    if "text/html" in request.headers.get("accept", ""):
        page = error_page(status, detail)
        page.headers.update(sent)
        return page
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body["instance"] = request.url.path
    return JSONResponse({**body, **members}, status, headers=sent, media_type="application/problem+json")


def _handled(answer: Callable[[Request, Any], Response]) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handler(request: Request, error: Exception) -> Response:
        return answer(request, error)

    return handler


def _http(request: Request, error: HTTPException) -> Response:
    return problem(request, error.status_code, detail=str(error.detail), headers=error.headers)


def _invalid(request: Request, error: RequestValidationError) -> Response:
    faults = [{"place": "/".join(map(str, fault["loc"])), "message": str(fault["msg"])} for fault in error.errors()]
    detail = "; ".join(f"{fault['place']}: {fault['message']}" for fault in faults)
    return problem(request, 422, detail=detail, errors=faults)


def _unreachable(request: Request, error: DependencyError) -> Response:
    return problem(request, 503, detail=str(error), headers={"Retry-After": RETRY_AFTER_SECONDS}, server=error.server)


def _changed(request: Request, error: ObjectChangedError) -> Response:
    detail = "the object was overwritten and its new version is being processed; try again shortly"
    return problem(request, 409, detail=detail, headers={"Retry-After": RETRY_AFTER_SECONDS})


def _crash(request: Request, error: Exception) -> Response:
    return problem(
        request, 500, detail="a defect of this service, recorded in its log; the request was not carried out"
    )
