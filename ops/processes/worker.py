"""The worker process of a distributed system, or a group of them to serve several kinds of queues."""

import gc
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager

from celery import Celery, signals

from ops.monitoring.worker_metrics import collect_worker_telemetry
from schemas.errors import SettingsError
from workers.confinement.confine import close_memory
from workers.confinement.guards import warn_of_gaps
from workers.leases.open import open_lease_store
from workers.pipeline.context import open_context
from workers.pipeline.search_index import index_of
from workers.pipeline.stage_names import ORDER, QUEUES, SCAN
from workers.sandbox.prestart import plant
from workers.settings import Settings
from workers.storage.open import open_store
from workers.tasks.admission import Admission
from workers.tasks.celery_app import make_app
from workers.tasks.publisher import Publisher
from workers.tasks.stage_tasks import PerProcess, register
from workers.tasks.supervisor import supervise_worker

log = logging.getLogger(__name__)
COLLECT_EVERY = 20_000
# One process runs these for a document; the index stage has its own workers, whose documents share commits.
DOCUMENT_STAGES = ORDER[:-1]


def run_worker(settings: Settings, stages: Collection[str], *, concurrency: int = 0) -> int:
    """Serve the queues of these stages until told to stop; return the exit code.

    Document stages follow one another in the same process; the index stage runs in threads, so that many documents
    share a commit. Scans have their own processes, so that text documents never wait for them. Several of these kinds
    start one worker each.

    Raises:
        SettingsError: A stage is unknown, or the broker is no server.
    """
    if settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL is memory://: start `gongkai run`, which has its own worker")
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
    _guard(reads=not threads)
    # Must be set before forking. The default threshold of 700 objects costs 10 % of a document's time.
    gc.set_threshold(COLLECT_EVERY, 10, 10)
    # Shared with forked children: no signal of a shutdown reaches them, and they may be waiting for a server.
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
    with collect_worker_telemetry(settings, port=settings.metrics_port), _supervised(settings, app, queues):
        worker.start()
    open_one.close()
    return int(worker.exitcode or 0)


@contextmanager
def _supervised(settings: Settings, app: Celery, queues: Collection[str]) -> Iterator[None]:
    with closing(open_lease_store(settings)) as inflight, closing(index_of(settings)) as index:
        admission = Admission(Publisher(app, inflight), inflight, find_recorded=index.find_recorded)
        with supervise_worker(inflight, admission, queues):
            open_store(settings.derived_url, settings)  # its client is imported once, not in each child
            # A collection writes to every object it looks at: a forked child would copy the pages of all imports.
            gc.collect()
            gc.freeze()
            yield


def _guard(*, reads: bool) -> None:
    """Make this process's memory private, and log which protections a document worker lacks."""
    close_memory()
    if reads:
        warn_of_gaps()


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
    # A worker still starting dies of the signal before it installs a handler: that is a clean stop.
    ended = zip(codes, told, strict=True)
    return max(0 if was_told and code == -signal.SIGTERM else abs(code) for code, was_told in ended)
