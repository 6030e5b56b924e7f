"""The two transports of the tools: streamable HTTP, with an access key in every request, and standard input/output."""

from collections.abc import Callable

import anyio
from fastapi import HTTPException
from mcp.server.stdio import stdio_server
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from schemas.access import Scope as AccessScope
from schemas.errors import DependencyError
from search.api.mcp.server import create_server
from search.http.access_keys import verify_key
from search.http.auth import READING, Caller
from search.http.errors import RETRY_AFTER_SECONDS
from search.http.ports import Access, Services

PATH = "/mcp"


class ReadingGate:
    """Passes on requests whose key may read, and refuses the others with the reason."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] == "http":
            try:
                await READING(Request(scope))
            except HTTPException as error:
                refusal = JSONResponse({"error": error.detail}, error.status_code, error.headers)
                return await refusal(scope, receive, send)
            except DependencyError as error:
                refusal = JSONResponse({"error": str(error)}, 503, {"Retry-After": RETRY_AFTER_SECONDS})
                return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)


def http_application(services: Services, *, host: str) -> Starlette:
    """Return the ASGI application of ``POST /mcp``; it has no sessions, so that a revoked key ends at once.

    Args:
        services: The services the tools read, and the access rules.
        host: Listening address; on loopback, requests for other host names are refused.
    """
    server = create_server(services)
    app = server.streamable_http_app(streamable_http_path=PATH, json_response=True, stateless_http=True, host=host)
    app.state.services = services
    app.add_middleware(ReadingGate)
    return app


def serve_stdio(services: Services, *, key: str) -> None:
    """Answer on standard input and output until the input ends.

    Args:
        services: The services the tools read, and the access rules.
        key: Access key, checked before each call as over HTTP; empty if reading is open.
    """
    server = create_server(services, admit=admission(services.access, key))

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def admission(access: Access, key: str) -> Callable[[], None]:
    """Return the check to call before each tool over standard input/output.

    A key that is given must be valid even if reading is open, as over HTTP.
    """

    def admit() -> None:
        kept = verify_key(access.keys, key) if access.keys and key else None
        if key and kept is None:
            raise HTTPException(401, "the access key in GONGKAI_MCP_KEY is not valid; `gongkai key create` makes one")
        if not Caller(kept, access.open_reading).may(AccessScope.READ):
            raise HTTPException(401, "an access key of scope read is required: GONGKAI_MCP_KEY names it")

    return admit
