"""Serves the tools for language models over the index and the access keys that the settings name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import HTTPException

from ops.adapters.access_keys import KeyStore
from ops.adapters.originals import InboxOriginals
from ops.processes.http_server import Place, serve_application
from ops.processes.signals import stoppable
from schemas.errors import SettingsError
from schemas.events import ObjectEvent
from search.http.ports import Access, Services
from search.query.segmenter import load
from workers.pipeline.search_index import index_of
from workers.settings import Settings
from workers.storage.open import open_store

try:
    from search.api.mcp.transports import PATH, admission, http_application, serve_stdio
except ImportError as error:
    raise SettingsError(f"`gongkai mcp` needs the extra: pip install 'gongkai[mcp]' ({error})") from error


class _NoEvents:
    """Takes no events: this process only reads."""

    def send(self, events: list[ObjectEvent]) -> None:
        """See ``search.http.ports.EventSink``."""
        raise SettingsError("this process takes no events")

    def describe(self) -> str:
        """See ``search.http.ports.EventSink``."""
        return "none"


def serve_tools(settings: Settings, *, http: bool, ready: Callable[[str], Any] = lambda _: None) -> None:
    """Serve until standard input ends, or over HTTP until SIGINT or SIGTERM.

    Args:
        settings: Where index and keys are, who may read, and where to listen.
        http: Whether over HTTP instead of standard input and output.
        ready: Called with the address once connections are taken.

    Raises:
        SettingsError: The address cannot be listened on, or the key for standard input and output opens nothing.
    """
    with _reading(settings) as services:
        load()  # loaded now, so that the first search does not wait for it
        if http:
            place = Place("GONGKAI_API_HOST", settings.api_host, "GONGKAI_MCP_PORT", settings.mcp_port)
            app = http_application(services, host=settings.api_host)
            serve_application(app, place, ready=lambda url: ready(url.rstrip("/") + PATH))
            return
        _require_key(services.access, settings.mcp_key)
        with stoppable():
            serve_stdio(services, key=settings.mcp_key)


@contextmanager
def _reading(settings: Settings) -> Iterator[Services]:
    """Open the index, inbox and access keys that the tools use."""
    index = index_of(settings)
    access = Access(
        keys=KeyStore(open_store(settings.derived_url, settings)),
        open_reading=settings.read_access == "open",
        public_url=settings.public_url,
    )
    try:
        inbox = InboxOriginals(open_store(settings.objects_url, settings))
        yield Services(index, inbox, _NoEvents(), event_token="", details=lambda record: None, access=access)
    finally:
        index.close()


def _require_key(access: Access, key: str) -> None:
    try:
        admission(access, key)()
    except HTTPException as error:
        raise SettingsError(str(error.detail)) from error
