"""Serves an ASGI application on the address that settings name, until told to stop."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from ops.processes.signals import stoppable
from schemas.errors import SettingsError

SHUTDOWN_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen, and the settings that name it; port 0 takes any free one."""

    host_setting: str
    host: str
    port_setting: str
    port: int


class _Server(uvicorn.Server):
    """A server that calls ``ready`` once it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], Any]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See ``uvicorn.Server``."""
        await super().startup(sockets)
        self._ready()


def serve_application(app: ASGIApp, place: Place, *, ready: Callable[[str], Any]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        app: What is served.
        place: Where.
        ready: Called with the address once connections are taken.

    Raises:
        SettingsError: The address cannot be listened on.
    """
    listening = _listen(place)
    host, port = listening.getsockname()[:2]
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        proxy_headers=False,
    )
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    with listening, stoppable():
        try:
            _Server(config, lambda: ready(url)).run(sockets=[listening])
        except KeyboardInterrupt:
            # After shutdown uvicorn raises the signal that stopped it again.
            return


def _listen(place: Place) -> socket.socket:
    try:
        family = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((place.host, place.port), family=family, backlog=256)
    except OSError as error:
        where = f"{place.host_setting} {place.host}, {place.port_setting} {place.port}"
        raise SettingsError(f"{where}: cannot listen there: {error.strerror}; choose another") from error
