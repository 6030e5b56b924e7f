"""Imports the clients of Redis, Elasticsearch and S3 without what they take along and nothing here uses.

That is half of what their imports cost: OpenTelemetry's metrics, httpx and requests, which are optional (spans are sent
by ``ops.monitoring.tracing``, requests by urllib3), the asynchronous halves of two clients, and the administration of
MinIO with its ciphers. Whoever imports one of them later from the module that defines it gets it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

SPARED = ("opentelemetry", "httpx", "requests")
STAND_INS: dict[str, dict[str, tuple[str, ...]]] = {
    "redis": {"redis.asyncio": ()},
    "elasticsearch": {
        "elastic_transport._async_transport": ("AsyncTransport",),
        "elasticsearch._async.client": ("AsyncElasticsearch",),
    },
    "minio": {"minio.minioadmin": ("MinioAdmin",)},
}
"""By client: the modules it imports in vain, each with the classes that are taken from it by name."""


class Absent:
    """In place of a class that was spared."""

    def __init__(self, *given: object, **named: object) -> None:
        """Refuse.

        Raises:
            ImportError: Always.
        """
        raise ImportError(f"{type(self).__name__} was spared; import it from the module that defines it")


class StandIn(ModuleType):
    """In place of a module that was spared; what is asked of it later comes from the module itself."""

    def __getattr__(self, name: str) -> Any:
        """Import the module, unless its client is still being imported."""
        if name.startswith("__") or sys.modules.get(self.__name__) is self:
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


def import_clients(*names: str) -> None:
    """Import these clients, or those of a worker; must be called before any other module imports them."""
    for name in names or ("redis", "elasticsearch"):
        if name not in sys.modules:
            with _hidden(*SPARED), _stood_in_for(STAND_INS[name]):
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


@contextmanager
def _stood_in_for(modules: dict[str, tuple[str, ...]]) -> Iterator[None]:
    """Put a stand-in in the place of each module within the block, unless already imported."""
    ours = [name for name in modules if name not in sys.modules]
    for name in ours:
        sys.modules[name] = _stand_in(name, modules[name])
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]


def _stand_in(name: str, classes: tuple[str, ...]) -> StandIn:
    found, (client, *below) = StandIn(name), name.split(".")
    spec = find_spec(client)
    # Modules below a spared package may be needed: `redis.commands` takes one of `redis.asyncio`.
    found.__path__ = [str(Path(place, *below)) for place in (spec and spec.submodule_search_locations) or ()]
    vars(found).update({one: type(one, (Absent,), {}) for one in classes})
    return found
