"""What a stage may use: the stores, the index, the sandbox and the lease store, opened from settings."""

import threading
from dataclasses import dataclass, field, replace

from schemas.limits import Limits
from search.protocol import Index
from workers.convert.preview import DRAWER
from workers.convert.registry import READERS
from workers.furniture import FurnitureList
from workers.leases.open import open_lease_store
from workers.leases.protocol import LeaseStore
from workers.pipeline.artefacts import Artefacts
from workers.pipeline.search_index import index_of
from workers.pipeline.server_wait import Event
from workers.sandbox.client import Sandbox
from workers.sandbox.shared_child import SharedChild
from workers.settings import Settings
from workers.storage.open import open_store
from workers.storage.protocol import ObjectStore

DRAWING_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a stage needs, and nothing it does not; one per process, shared by its threads.

    ``sandbox`` converts documents, ``drawing`` draws their pages.
    """

    inbox: ObjectStore
    derived: ObjectStore
    artefacts: Artefacts
    index: Index
    inflight: LeaseStore
    sandbox: Sandbox
    drawing: Sandbox
    limits: Limits
    hold: tuple[str, ...]
    mask: tuple[str, ...] = ()
    furniture: FurnitureList | None = None
    stopping: Event = field(default_factory=threading.Event)
    shared: SharedChild | None = None

    @property
    def reader(self) -> Sandbox | SharedChild:
        """What converts the next document: the child its upload shares, or the sandbox."""
        return self.shared or self.sandbox

    def close(self) -> None:
        """Stop all waits for servers, and release child processes, files and connections."""
        self.stopping.set()
        self.sandbox.close()
        self.drawing.close()
        self.index.close()
        self.inflight.close()


def open_context(settings: Settings, *, preload: bool = True, stopping: Event | None = None) -> Context:
    """Open every backend the settings name; no server is contacted before it is used.

    Args:
        settings: Addresses and limits.
        preload: Whether the sandbox imports all readers before it is asked for the first document.
        stopping: Set from outside when the process is to end; by default one of this context's own.
    """
    derived = open_store(settings.derived_url, settings)
    return Context(
        inbox=open_store(settings.objects_url, settings),
        derived=derived,
        artefacts=Artefacts(derived),
        index=index_of(settings),
        inflight=open_lease_store(settings),
        sandbox=Sandbox(
            settings.limits,
            passwords=settings.passwords,
            ocr_engine=settings.ocr_engine,
            preload=tuple(READERS) if preload else (),
        ),
        drawing=Sandbox(_drawing_limits(settings.limits), passwords=settings.passwords, reader=DRAWER),
        limits=settings.limits,
        hold=settings.hold,
        mask=settings.mask,
        furniture=FurnitureList(derived),
        stopping=stopping or threading.Event(),
    )


def _drawing_limits(limits: Limits) -> Limits:
    """Return the limits of drawing one page, for which somebody waits."""
    seconds = min(limits.cpu_seconds, DRAWING_SECONDS)
    return replace(limits, cpu_seconds=seconds, wall_seconds=min(limits.wall_seconds, 2.0 * seconds))
