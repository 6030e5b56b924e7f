"""Composes the application from its settings: the embedded system, or one process of a distributed one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from celery import Celery

from schemas.records import DocumentRecord
from workers.confinement.confine import close_memory
from workers.intake import EventSink
from workers.pipeline.context import Context, open_context
from workers.pipeline.versions import VERSIONS
from workers.reconcile.sweep import Report, sweep
from workers.settings import Settings
from workers.storage.object_keys import bucket_of
from workers.storage.protocol import ObjectStore
from workers.tasks.celery_app import make_app
from workers.tasks.publisher import Publisher
from workers.tasks.queue_depth import Queues, open_queues

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class System:
    """The backends and the dispatch to the queues that a command works with.

    ``working`` means that the stages run in this process, whose memory holds the lease store.
    """

    settings: Settings
    context: Context
    app: Celery
    dispatch: Publisher
    queues: Queues
    sink: EventSink
    working: bool = False

    @property
    def inbox(self) -> ObjectStore:
        """The bucket that documents are uploaded to."""
        return self.context.inbox

    def sweep(self, prefix: str = "", *, tell: Callable[[Report], object] = lambda so_far: None) -> Report:
        """Compare bucket and index below ``prefix`` once and queue the differences."""
        return sweep(self.context, self.dispatch, self.queues, prefix=prefix, tell=tell)

    def idle(self) -> bool:
        """Return whether nothing waits and nothing runs."""
        counts = self.context.inflight.counts()
        return counts.waiting == counts.running == 0


@contextmanager
def open_system(settings: Settings, *, preload: bool = False) -> Iterator[System]:
    """Open the backends for one command and close them after it."""
    close_memory()
    context = open_context(settings, preload=preload)
    try:
        app = make_app(settings)
        dispatch = Publisher(app, context.inflight)
        sink = EventSink(dispatch, bucket_of(settings.objects_url), derived=lambda: context.derived)
        yield System(settings, context, app, dispatch, open_queues(settings), sink)
    finally:
        context.close()


def artefact_loader(context: Context, stage: str, kind: type[T]) -> Callable[[DocumentRecord], T | None]:
    """Return a function that loads a record's ``stage`` artefact, or None once it was deleted."""

    def find(record: DocumentRecord) -> T | None:
        version = record.stages.get(stage, VERSIONS[stage])
        return context.artefacts.get(record.content, stage, version, kind) if record.content else None

    return find
