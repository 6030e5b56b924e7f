"""Imports the clients of Redis and Elasticsearch without what they take along wherever it is installed.

OpenTelemetry's metrics and httpx are a fifth of what the start of a process costs, and nothing here uses them: spans
are sent by ``ops.monitoring.tracing``, requests by urllib3.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

SPARED = ("opentelemetry", "httpx")


def import_clients() -> None:
    """Import them, before anything else does."""
    with _hidden(*SPARED):
        for name in ("redis", "elasticsearch"):
            import_module(name)


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Let these packages be missing in the block, as far as nobody has imported them (importlib, ``sys.modules``)."""
    ours = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(ours))  # type: ignore[arg-type]  # None there makes an import fail
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]
