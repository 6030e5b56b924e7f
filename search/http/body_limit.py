"""Limit the body of a request: bytes are counted as they arrive, regardless of Content-Length."""

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1_000_000
# For files sent to the office's checks: a report with its pictures, a year of applications.
MAX_OFFICE_BYTES = 30_000_000


class BodyLimit:
    """Refuses a request whose body is too long with 413; uploads have a higher limit."""

    def __init__(self, app: ASGIApp, *, upload_bytes: int) -> None:
        self._app = app
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, f"a request to this path holds at most {limit:,} bytes")
            return message

        await self._app(scope, counted, send)

    def _limit(self, path: str) -> int:
        if path == "/v1/uploads":
            return self._upload_bytes
        return MAX_OFFICE_BYTES if path.startswith(("/v1/office/", "/office/")) else MAX_BODY_BYTES
