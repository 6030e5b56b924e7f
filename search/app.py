"""Assemble the HTTP application from its parts; this reads no settings and starts no server."""

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schemas.cleaned import Normalized
from schemas.records import DocumentRecord
from search.api import openapi
from search.api import router as routes
from search.http import errors
from search.http.auth import COOKIE
from search.http.body_limit import BodyLimit
from search.http.host_check import HostCheck
from search.http.ports import Access, Artefacts, Details, EventSink, Originals, Services, Writing
from search.http.request_limits import RequestLimits
from search.pages.render import error_page
from search.pages.search_routes import router as pages
from search.pages.search_routes import static_files
from search.protocol import Index


def create_app(
    index: Index,
    objects: Originals,
    events: EventSink,
    *,
    event_token: str,
    details: Details | None = None,
    artefacts: Artefacts | None = None,
    access: Access | None = None,
    writing: Writing | None = None,
) -> FastAPI:
    """Return the application: ``/`` and ``/d/{id}`` are pages, the API is below ``/v1``.

    Args:
        index: The index to search.
        objects: The store of originals.
        events: The sink of received bucket events.
        event_token: Bearer token that ``POST /v1/events`` requires; empty closes it.
        details: Loads the normalize artefact of a document, which lists what was removed.
        artefacts: Load the artefacts of the other stages, which a document's page shows beside the cleaned text.
        access: Access rules; by default anybody reads and nobody writes.
        writing: Stores of uploads and saved searches; a service that is None is not offered.
    """
    # The interactive documentation would load scripts from other sites; /openapi.json is the description.
    app = FastAPI(docs_url=None, redoc_url=None)
    access = access or Access()
    app.state.services = Services(
        index=index,
        objects=objects,
        events=events,
        event_token=event_token,
        details=details or _no_details,
        artefacts=artefacts or Artefacts(),
        access=access,
        writing=writing or Writing(),
    )
    app.include_router(routes.router)
    app.include_router(pages)
    app.mount("/static", static_files())
    app.add_middleware(BodyLimit, upload_bytes=access.upload_bytes)
    app.add_middleware(RequestLimits, bounds=access.bounds)
    app.add_middleware(HostCheck, public_url=access.public_url, more=access.hosts)
    app.add_middleware(SafeHeaders, open_reading=access.open_reading)
    errors.install_error_handlers(app, error_page)
    openapi.install_description(app, open_reading=access.open_reading)
    return app


class SafeHeaders:
    """Adds security headers to every response: no MIME sniffing, no framing, no referrer."""

    def __init__(self, app: ASGIApp, *, open_reading: bool = True) -> None:
        self._app = app
        self._open_reading = open_reading

    def _is_personal(self, scope: Scope) -> bool:
        """Return whether the response was opened by an access key, or required one."""
        sent = Headers(scope=scope)
        return not scope["path"].startswith("/static/") and (
            not self._open_reading or "authorization" in sent or COOKIE in sent.get("cookie", "")
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
                # A shared cache must not serve one reader's response to another.
                if scope["path"].startswith("/v1/"):
                    headers.setdefault("Cache-Control", "private, no-cache")
                elif self._is_personal(scope) and headers.get("Cache-Control", "no-cache") == "no-cache":
                    headers["Cache-Control"] = "private, no-cache"
            await send(message)

        await self._app(scope, receive, marked)


def _no_details(record: DocumentRecord) -> Normalized | None:
    return None
