"""Serves the HTTP interface over a composed system until told to stop."""

from collections.abc import Callable
from functools import partial
from ipaddress import ip_network
from typing import Any

from fastapi import FastAPI

from ops.adapters.access_keys import KeyStore
from ops.adapters.artefact_masks import mask_loaded
from ops.adapters.drawn_pages import DrawnPages
from ops.adapters.office import office_of
from ops.adapters.originals import InboxOriginals
from ops.adapters.retries import Queued
from ops.adapters.sessions import SessionStore
from ops.adapters.uploads import InboxUploads
from ops.maintenance.decisions.saved_searches import SearchStore
from ops.monitoring.operator_routes import with_operations
from ops.processes.http_server import Place, serve_application
from ops.saved_search_alerts.webhooks import find_refusal
from ops.system import System, artefact_loader
from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from search.app import create_app
from search.http.bounds import Bounds
from search.http.ports import Access, Artefacts, Writing
from search.query.segmenter import load
from workers.settings import Settings


def app_of(system: System) -> FastAPI:
    """Return the HTTP application on the backends of a system."""
    context, settings = system.context, system.settings
    access = Access(
        keys=KeyStore(context.derived),
        sessions=SessionStore(context.derived),
        open_reading=settings.read_access == "open",
        public_url=settings.public_url,
        upload_bytes=settings.upload_bytes,
        serve_unread=settings.serve_unread,
        hosts=settings.hosts,
        bounds=bounds_of(settings),
    )
    app = create_app(
        context.index,
        InboxOriginals(context.inbox),
        system.sink,
        event_token=settings.event_token,
        details=mask_loaded(artefact_loader(context, "normalize", Normalized), context.mask),
        artefacts=Artefacts(
            mask_loaded(artefact_loader(context, "convert", Converted), context.mask),
            mask_loaded(artefact_loader(context, "extract", Extracted), context.mask),
            office_of(system),
            DrawnPages(context),
        ),
        access=access,
        writing=Writing(
            InboxUploads(system),
            SearchStore(context.derived),
            Queued(system),
            partial(find_refusal, private=settings.webhook_private),
        ),
    )
    return with_operations(app, system)


def bounds_of(settings: Settings) -> Bounds:
    """Return the limits of one caller."""
    return Bounds(
        settings.request_rate,
        settings.request_concurrency,
        settings.request_seconds,
        settings.transfer_seconds,
        tuple(ip_network(network, strict=False) for network in settings.proxies),
    )


def serve(system: System, *, ready: Callable[[str], Any] = lambda _: None) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        system: What is served.
        ready: Called with the address once connections are taken.

    Raises:
        SettingsError: The address cannot be listened on.
    """
    load()  # loaded now, so that the first search does not wait for it
    place = Place("GONGKAI_API_HOST", system.settings.api_host, "GONGKAI_API_PORT", system.settings.api_port)
    serve_application(app_of(system), place, ready=ready)
