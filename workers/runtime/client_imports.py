"""Imports the clients of Redis, Elasticsearch and S3 without what they take along and nothing here uses.

That is over half of what their imports cost: OpenTelemetry's metrics, httpx and requests, which are optional (spans are
sent by ``ops.monitoring.tracing``, requests by urllib3), the asynchronous halves of two clients, and the administration
of MinIO with its ciphers. Whoever imports one of them later from the module that defines it gets it, but for the
asynchronous client of Elasticsearch, which such a process does not have. The many parts of Elasticsearch's client are
imported when they are first asked something.
"""

import sys
import threading
from collections.abc import Collection, Iterator, Mapping
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
_importing = threading.Lock()
_PARTS, _NEEDED = "elasticsearch._sync.client", ("__init__", "_base", "utils")


class Absent:
    """In place of a class that was spared."""

    def __init__(self, *given: object, **named: object) -> None:
        """Refuse.

        Raises:
            ImportError: Always.
        """
        raise ImportError(f"{type(self).__name__} was spared; import it from the module that defines it")


class Later:
    """In place of a part of Elasticsearch's client, such as ``indices``, until something is asked of it."""

    module = ""

    def __init__(self, client: Any) -> None:
        """Store the client it is a part of."""
        self._client, self._part = client, None

    def __getattr__(self, name: str) -> Any:
        """Import the part's module when one of its methods is looked up."""
        if name.startswith("_"):
            raise AttributeError(name)
        self._part = self._part or getattr(import_module(self.module), type(self).__name__)(self._client)
        return getattr(self._part, name)


class StandIn(ModuleType):
    """In place of a module that was spared; what is asked of it later comes from the module itself."""

    def __getattr__(self, name: str) -> Any:
        """Import the module, unless its client is still being imported."""
        if name.startswith("__") or sys.modules.get(self.__name__) is self:
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


class _PartStandIn(ModuleType):
    """In place of the module of a part of Elasticsearch's client; see ``Later``."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Later,), {"module": self.__name__})


def import_clients(*names: str) -> None:
    """Import these clients, or those of a worker; must be called before any other module imports them.

    Meant for the start of a process: another thread that imports a spared module meanwhile is told it is missing.
    """
    with _importing:
        for name in names or ("redis", "elasticsearch"):
            if name not in sys.modules:
                with _in_place(_spared_by(name)):
                    import_module(name)


def _spared_by(client: str) -> dict[str, ModuleType | None]:
    """Return what stands in for other modules while a client is imported."""
    found: dict[str, ModuleType | None] = dict.fromkeys(SPARED)
    found.update({name: _stand_in(name, absent) for name, absent in STAND_INS[client].items()})
    if client == "elasticsearch":
        found.update({name: _PartStandIn(name) for name in _list_parts(_PARTS, besides=_NEEDED)})
    return found


@contextmanager
def _in_place(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Put these in the place of modules within the block, unless already imported (importlib, ``sys.modules``).

    Args:
        modules: By name; None makes the import of that name fail.
    """
    ours = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(ours)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]


def _list_parts(package: str, *, besides: Collection[str]) -> list[str]:
    """Return the names of the modules in a package, without importing it."""
    found = (path.stem for place in _places(package) for path in Path(place).glob("*.py"))
    return [f"{package}.{name}" for name in found if name not in besides]


def _places(name: str) -> list[str]:
    """Return where modules below a module are, without importing anything."""
    client, *below = name.split(".")
    spec = find_spec(client)
    return [str(Path(place, *below)) for place in (spec and spec.submodule_search_locations) or ()]


def _stand_in(name: str, absent: tuple[str, ...]) -> StandIn:
    found = StandIn(name)
    # Modules below a spared package may be needed: `redis.commands` takes one of `redis.asyncio`.
    found.__path__ = _places(name)
    vars(found).update({one: type(one, (Absent,), {}) for one in absent})
    return found
