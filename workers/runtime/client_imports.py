"""Imports the clients of Redis and Elasticsearch without the optional packages they import if installed.

OpenTelemetry's metrics and httpx take a fifth of a process's start-up time, and nothing here uses them: spans are sent
by ``ops.monitoring.tracing``, requests by urllib3.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

SPARED = ("opentelemetry", "httpx")


def import_clients(*names: str) -> None:
    """Import these clients, or both; must be called before any other module imports them."""
    with _hidden(*SPARED):
        for name in names or ("redis", "elasticsearch"):
            import_module(name)


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Hide these packages from imports within the block, unless already imported (importlib, ``sys.modules``)."""
    ours = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(ours))  # type: ignore[arg-type]  # None there makes an import fail
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]
