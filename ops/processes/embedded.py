"""Everything in one process: intake, stages, index and sweep, in threads; no server needed."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from celery import Celery

from ops.maintenance.bootstrap import bootstrap
from ops.monitoring.worker_metrics import collect_telemetry
from ops.processes.requests_to_run import RUN, answer_requests
from ops.processes.scheduler import sweep_regularly
from ops.processes.worker import COLLECT_EVERY
from ops.saved_search_alerts.singleton import exclusive
from ops.system import System, open_system
from schemas.errors import DependencyError, SettingsError
from workers.confinement.guards import warn_of_gaps
from workers.intake import watch_folder
from workers.pipeline.stage_names import ORDER, QUEUES
from workers.runtime.background_thread import run_in_background
from workers.runtime.heap import return_freed_memory
from workers.settings import Settings
from workers.tasks.admission import Admission
from workers.tasks.stage_tasks import register
from workers.tasks.supervisor import supervise_worker

EMBEDDED_THREADS = 8
START_SECONDS = 30.0
LOCK_SECONDS = 2.0  # The children of a killed run hold its lock until they notice its end.


@contextmanager
def run_embedded(settings: Settings) -> Iterator[System]:
    """Run intake, stages and index in this process; a first sweep finds what came while it was down.

    Raises:
        SettingsError: The broker of the settings is a server, whose workers are processes of their own, or another
            process runs in the same folder.
    """
    if not settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL names a server: start `worker`, `intake` and `api` instead of `run`")
    warn_of_gaps()
    with exclusive(settings, RUN, patience=LOCK_SECONDS) as alone:
        if not alone:
            raise SettingsError(
                "another `gongkai run` works in the folder GONGKAI_DATA_DIR names: stop it, or name another folder"
            )
        with _run_all(settings) as system:
            yield system


@contextmanager
def _run_all(settings: Settings) -> Iterator[System]:
    return_freed_memory()
    with open_system(settings, preload=True) as bare:
        system = replace(bare, working=True)
        bootstrap(system)
        gc.set_threshold(COLLECT_EVERY, 10, 10)
        register(system.app, lambda: system.context, served=ORDER)
        threads = EMBEDDED_THREADS + settings.scan_processes()
        stop = threading.Event()
        inflight = system.context.inflight
        admission = Admission(system.dispatch, inflight, find_recorded=system.context.index.find_recorded)
        # The board first, so that it counts outcomes that arrive while the others start.
        with (
            collect_telemetry(settings),
            supervise_worker(inflight, admission, QUEUES),
            _worker_thread(system.app, threads),
            _intake_thread(system, stop),
            _sweep_thread(system, stop),
            run_in_background(lambda ended: answer_requests(system, ended), "requests"),
        ):
            try:
                yield system
            finally:
                stop.set()
                system.context.stopping.set()


@contextmanager
def _worker_thread(app: Celery, threads: int) -> Iterator[None]:
    from celery import signals  # noqa: PLC0415  start-up
    from celery.worker import WorkController  # noqa: PLC0415  start-up

    ready = threading.Event()

    def begin(consumer: Any) -> None:
        # Celery sends both signals only for a worker started by its own command; the supervisor waits for them.
        signals.worker_ready.send(sender=consumer)
        ready.set()

    app.set_default()  # The pool's threads look up tasks in the default application.
    worker = WorkController(
        app=app,
        pool="threads",
        concurrency=threads,
        ready_callback=begin,
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
        signals.worker_shutting_down.send(sender=worker)
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
