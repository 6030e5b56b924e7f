"""Composes the application from its settings: all in one process, or each process of a distributed system."""

import gc
import logging
import math
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from celery import Celery, signals

from ops.monitoring.worker_metrics import collect_telemetry, collect_worker_telemetry
from schemas.errors import DependencyError, SettingsError
from schemas.records import DocumentRecord
from workers.intake import EventSink, watch_folder
from workers.leases.protocol import SCAN, open_lease_store
from workers.order import ORDER, QUEUES
from workers.patience import Patience, ending
from workers.pipeline.context import Context, open_context
from workers.pipeline.runner import VERSIONS
from workers.reconcile import lost_work
from workers.reconcile.sweep import Report, sweep
from workers.sandbox.prestart import plant
from workers.settings import Settings
from workers.storage.keys import bucket_of
from workers.tasks import supervisor
from workers.tasks.celery_app import make_app
from workers.tasks.publisher import Publisher
from workers.tasks.queue_depth import Queues, open_queues
from workers.tasks.stage_tasks import PerProcess, register

T = TypeVar("T")

log = logging.getLogger(__name__)

EMBEDDED_THREADS = 8
COLLECT_EVERY = 20_000
START_SECONDS = 30.0
# Documents go through these in one process; the index stage has workers of its own, whose documents share commits.
DOCUMENT_STAGES = ORDER[:-1]


@dataclass(frozen=True, slots=True)
class System:
    """What a command works with: the backends, and the way to the queues.

    ``working`` says that the stages run in this very process, whose memory holds the ledger of work in flight.
    """

    settings: Settings
    context: Context
    app: Celery
    dispatch: Publisher
    queues: Queues
    sink: EventSink
    working: bool = False

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
    context = open_context(settings, preload=preload)
    try:
        app = make_app(settings)
        dispatch = Publisher(app, context.inflight, recorded=context.index.find_recorded)
        sink = EventSink(dispatch, bucket_of(settings.objects_url), derived=lambda: context.derived)
        yield System(settings, context, app, dispatch, open_queues(settings), sink)
    finally:
        context.close()


def bootstrap(system: System) -> list[str]:
    """Create what is missing in every backend, and say what that was; running it again creates nothing."""
    context, target = system.context, system.settings.events_target
    made = [*context.inbox.bootstrap(), *context.derived.bootstrap(), *context.index.bootstrap()]
    if target:
        from ops.maintenance.bucket_notifications import ensure_rule, inbox_client  # noqa: PLC0415  start-up

        made += ensure_rule(*inbox_client(system.settings), target)
    return made


@contextmanager
def run_embedded(settings: Settings) -> Iterator[System]:
    """Run everything in this process: intake, stages, index; what was missed while it was down is swept up first.

    Raises:
        SettingsError: The broker of the settings is a server; its workers are processes of their own.
    """
    if not settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL names a server: start `worker`, `intake` and `api` instead of `run`")
    with open_system(settings, preload=True) as bare:
        system = replace(bare, working=True)
        bootstrap(system)
        gc.set_threshold(COLLECT_EVERY, 10, 10)
        register(system.app, lambda: system.context, served=ORDER)
        threads = EMBEDDED_THREADS + settings.scan_processes()
        stop = threading.Event()
        # The board first: what ends while the others start belongs to it.
        with (
            collect_telemetry(settings),
            supervisor.supervise_worker(system.context.inflight, system.dispatch, QUEUES),
            _worker_thread(system.app, threads),
            _intake_thread(system, stop),
            _sweep_thread(system, stop),
        ):
            try:
                yield system
            finally:
                stop.set()
                system.context.stopping.set()


@contextmanager
def _worker_thread(app: Celery, threads: int) -> Iterator[None]:
    from celery.worker import WorkController  # noqa: PLC0415  start-up

    ready = threading.Event()
    app.set_default()  # threads of the pool look their tasks up in the default application
    worker = WorkController(
        app=app,
        pool="threads",
        concurrency=threads,
        ready_callback=lambda _: ready.set(),
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
    )
    thread = threading.Thread(target=worker.start, name="worker", daemon=True)
    thread.start()
    if not ready.wait(START_SECONDS):
        raise DependencyError("broker", f"the embedded worker did not start within {START_SECONDS:.0f} s")
    try:
        yield
    finally:
        worker.stop()
        thread.join(START_SECONDS)


@contextmanager
def _intake_thread(system: System, stop: threading.Event) -> Iterator[None]:
    parts = urlsplit(system.settings.objects_url)
    if parts.scheme != "file":
        yield
        return
    ready = threading.Event()
    root = Path(unquote(parts.path))
    thread = threading.Thread(
        target=watch_folder,
        args=(root, system.sink, stop),
        kwargs={"compare": system.sweep, "ready": ready.set},
        name="intake",
        daemon=True,
    )
    thread.start()
    ready.wait(START_SECONDS)
    yield
    thread.join(START_SECONDS)


@contextmanager
def _sweep_thread(system: System, stop: threading.Event) -> Iterator[None]:
    system.sweep()
    thread = threading.Thread(target=sweep_regularly, args=(system, stop), name="sweep", daemon=True)
    thread.start()
    yield
    thread.join(START_SECONDS)


def sweep_regularly(system: System, stop: threading.Event, *, report: Callable[[Report], Any] = lambda _: None) -> None:
    """Sweep every ``sweep_seconds`` until ``stop`` is set, and at once where the broker lost everything.

    In between, work lost with a worker or by the broker is sent again. A server that is down is waited for.
    """
    wait = Patience(stop, seconds=math.inf)
    pause = min(lost_work.INTERVAL_SECONDS, system.settings.sweep_seconds)
    with ending(stop):
        due = time.monotonic() + system.settings.sweep_seconds
        while not stop.wait(pause):
            wait(lambda: lost_work.recover(system.context, system.dispatch, system.queues))
            if wait(system.queues.is_new) or time.monotonic() >= due:
                report(wait(system.sweep))
                due = time.monotonic() + system.settings.sweep_seconds


def run_worker(settings: Settings, stages: Collection[str], *, concurrency: int = 0) -> int:
    """Serve the queues of these stages until told to stop; return the exit code.

    Document stages run in processes and follow one another in the same process; the index stage runs in threads, so
    that many documents share a commit. Scans have processes of their own, so that they never keep documents of text
    waiting. A worker for several of these kinds is several workers.

    Raises:
        SettingsError: A stage is unknown, or the broker is no server.
    """
    if settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL is memory://: `gongkai run` has its own worker")
    if unknown := sorted(set(stages) - set(QUEUES)):
        raise SettingsError(f"no stage is called {', '.join(unknown)}; there are {', '.join(QUEUES)}")
    documents = [name for name in DOCUMENT_STAGES if name in stages]
    groups = {"documents": documents, SCAN: [SCAN] * (SCAN in stages), "index": [ORDER[-1]] * (ORDER[-1] in stages)}
    served = {kind: names for kind, names in groups.items() if names}
    if len(served) > 1:
        sizes = {SCAN: settings.scan_processes(concurrency)}
        return _workers({",".join(names): sizes.get(kind, concurrency) for kind, names in served.items()}, settings)
    ((kind, queues),) = served.items() or [("index", [ORDER[-1]])]
    app = make_app(settings)
    threads = kind == "index"
    # Set before the children are forked. The default of 700 new objects costs a tenth of a document's time.
    gc.set_threshold(COLLECT_EVERY, 10, 10)
    # Shared with the forked children, which are not told of a shutdown and may be waiting for a server that is down.
    stopping = multiprocessing.get_context("fork").Event()
    open_one = PerProcess(lambda: open_context(settings, preload=not threads, stopping=stopping))
    register(app, open_one, served=DOCUMENT_STAGES if kind == SCAN else documents)
    signals.worker_shutting_down.connect(lambda **_: stopping.set(), weak=False)
    signals.worker_process_shutdown.connect(lambda **_: open_one.close(), weak=False)
    size = settings.index_concurrency if threads else concurrency or settings.concurrency or os.cpu_count() or 1
    if size > 1 and not threads:
        plant()
    worker = app.Worker(
        queues=queues,
        pool="threads" if threads else "prefork",
        concurrency=size,
        prefetch_multiplier=4 if threads else 1,
        hostname=f"{kind}-{os.getpid()}@{socket.gethostname()}",
        loglevel="WARNING",
        without_mingle=True,
        without_gossip=True,
        quiet=True,
    )
    inflight = open_lease_store(settings)
    beside = supervisor.supervise_worker(inflight, Publisher(app, inflight), queues)
    with collect_worker_telemetry(settings, port=settings.metrics_port), beside:
        worker.start()
    open_one.close()
    return int(worker.exitcode or 0)


def _workers(groups: dict[str, int], settings: Settings) -> int:
    command, first = [sys.executable, "-m", "ops.cli", "worker"], settings.metrics_port
    ports = [first and first + n for n in range(len(groups))]
    workers = [
        subprocess.Popen([*command, "--concurrency", str(size), "--metrics-port", str(port), "--stages", group])
        for (group, size), port in zip(groups.items(), ports, strict=True)
    ]
    try:
        while all(worker.poll() is None for worker in workers):
            time.sleep(0.2)
    except KeyboardInterrupt:
        log.info("stopping")
    finally:
        told = [worker.poll() is None for worker in workers]
        for worker in workers:
            worker.terminate()
        codes = [worker.wait() for worker in workers]
    # One that was still starting ends by the signal itself, before it can answer to it: it did as it was told.
    ended = zip(codes, told, strict=True)
    return max(0 if was_told and code == -signal.SIGTERM else abs(code) for code, was_told in ended)


def artefact_loader(context: Context, stage: str, kind: type[T]) -> Callable[[DocumentRecord], T | None]:
    """Return the way from a record to what a stage made of its document, None where that is not kept any more."""

    def find(record: DocumentRecord) -> T | None:
        version = record.stages.get(stage, VERSIONS[stage])
        return context.artefacts.get(record.content, stage, version, kind) if record.content else None

    return find
