"""Serves the HTTP interface over a composed system until told to stop."""

import socket
from collections.abc import Callable
from typing import Any, TypeVar

import uvicorn
from fastapi import FastAPI

from ops.adapters.access_keys import KeyStore
from ops.adapters.originals import InboxOriginals
from ops.adapters.retries import Queued
from ops.adapters.saved_searches import SearchStore
from ops.adapters.uploads import InboxUploads
from ops.monitoring.operator_routes import with_operations
from ops.processes.signals import stoppable
from ops.system import System, artefact_loader
from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from schemas.errors import SettingsError
from schemas.records import DocumentRecord
from search.app import create_app
from search.http.ports import Access, Artefacts, Writing
from search.query.segmenter import load
from workers.pipeline.mask_policy import mask_all

T = TypeVar("T")

SHUTDOWN_SECONDS = 5


class _Server(uvicorn.Server):
    """A server that tells when it takes connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], Any]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See ``uvicorn.Server``."""
        await super().startup(sockets)
        self._ready()


def app_of(system: System) -> FastAPI:
    """Return the HTTP application over the backends of a system."""
    context, settings = system.context, system.settings
    access = Access(
        keys=KeyStore(context.derived),
        open_reading=settings.read_access == "open",
        public_url=settings.public_url,
        upload_bytes=settings.upload_bytes,
    )
    app = create_app(
        context.index,
        InboxOriginals(context.inbox),
        system.sink,
        event_token=settings.event_token,
        details=_masking(artefact_loader(context, "normalize", Normalized), context.mask),
        artefacts=Artefacts(
            _masking(artefact_loader(context, "convert", Converted), context.mask),
            _masking(artefact_loader(context, "extract", Extracted), context.mask),
        ),
        access=access,
        writing=Writing(InboxUploads(system), SearchStore(context.derived), Queued(system)),
    )
    return with_operations(app, system)


def _masking(
    read: Callable[[DocumentRecord], T | None], kinds: tuple[str, ...]
) -> Callable[[DocumentRecord], T | None]:
    """Return ``read``, what it finds masked as what is indexed is."""

    def find(record: DocumentRecord) -> T | None:
        found = read(record)
        wanted = found is not None and set(kinds).intersection(record.flags)
        return mask_all(found, kinds) if wanted else found

    return find


def serve(system: System, *, ready: Callable[[str], Any] = lambda _: None) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        system: What is served.
        ready: Called with the address once connections are taken.

    Raises:
        SettingsError: The address cannot be listened on.
    """
    listening = _listen(system.settings.api_host, system.settings.api_port)
    host, port = listening.getsockname()[:2]
    config = uvicorn.Config(
        app_of(system),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        proxy_headers=False,
    )
    load()  # the first search has no time for it
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    with listening, stoppable():
        try:
            _Server(config, lambda: ready(url)).run(sockets=[listening])
        except KeyboardInterrupt:
            # The server raises the signal that stopped it once more when it has finished.
            return


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        where = f"GONGKAI_API_HOST {host}, GONGKAI_API_PORT {port}"
        raise SettingsError(f"{where}: cannot listen there: {error.strerror}; choose another") from error
