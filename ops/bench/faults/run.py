"""One run: servers, processes, documents and faults, then one sweep, then the verdict."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ops.bench.faults.app_processes import app_processes
from ops.bench.faults.fault_injector import FAULTS, FaultInjector, Stage
from ops.bench.faults.scenario import happenings
from ops.bench.faults.servers import KillableServers
from ops.bench.faults.slow_proxy import FaultProxy
from ops.bench.faults.upload import Uploader
from ops.bench.faults.verdict import Verdict, judge
from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.bucket_notifications import ensure_rule, inbox_client
from ops.system import System, open_system
from ops.testservers.events import MINIO_LIST
from ops.testservers.minio import EVENTS_LIST
from schemas.errors import DependencyError
from workers.pipeline.server_wait import ServerWait
from workers.runtime.redis_client import connect
from workers.settings import PREFIX, Settings, load
from workers.storage.object_keys import bucket_of

POLL_SECONDS, CALM_SECONDS = 0.5, 4.0
# Each restart costs seconds of CPU: without a limit a slow machine would only restart processes.
MIN_FAULTS, DOCUMENTS_PER_FAULT = 2 * len(FAULTS), 10
# Duration of the uploads: long enough for every kind of fault to happen meanwhile.
FIRST_SECONDS, DOCUMENTS_PER_SECOND = 60.0, 15.0


@dataclass(frozen=True, slots=True)
class Run:
    """Parameters and result of a run; times in seconds.

    Attributes:
        finished_per_minute: Documents with an outcome a minute while faults happened.
    """

    seed: int
    documents: int
    verdict: Verdict
    faults: dict[str, int]
    events: dict[str, int]
    restarts: int
    swept: dict[str, int]
    unread_events: int
    seconds_under_faults: float
    finished_per_minute: float
    seconds_to_quiet: float
    seconds_after_sweep: float
    states: dict[str, int]


def run(
    trio: KillableServers,
    seed: int,
    documents: int,
    *,
    pause: float,
    patience: float,
    keep: Path | None = None,
    say: Callable[[str], Any] = print,
) -> Run:
    """Perform one run on running servers, in its own buckets, database and indexes.

    Args:
        trio: The three servers.
        seed: Seed of all random choices.
        documents: Number of documents.
        pause: Mean seconds between two faults.
        patience: Longest wait in seconds for idle queues, before and after the sweep.
        keep: Folder for the logs of the processes; default: a temporary one.
        say: Called with each fault and each mistake found.
    """
    variables = _variables(trio, seed)
    with (
        open_system(load(variables)) as system,
        tempfile.TemporaryDirectory(prefix="gongkai-faults-logs-") as folder,
        _doors(trio) as (inbox, derived),
    ):
        bootstrap(system)
        if trio.store.list_port:
            ensure_rule(*inbox_client(system.settings), MINIO_LIST)
        uploader = _uploader(system, trio, seed, documents)
        through = {
            **variables,
            f"{PREFIX}OBJECTS_URL": f"s3://{inbox.address}/faults-{seed}-inbox",
            f"{PREFIX}DERIVED_URL": f"s3://{derived.address}/faults-{seed}-derived",
        }
        with app_processes(through, keep or Path(folder)) as processes:
            most = max(MIN_FAULTS, documents // DOCUMENTS_PER_FAULT)
            stage = Stage(processes, trio, inbox, derived, random.Random(seed))
            chaos = FaultInjector(stage, pause=pause, most=most, say=say)
            measured = _go_through(system, uploader, chaos, patience)
            verdict, lines = judge(system, uploader.final)
            verdict = replace(verdict, undone=uploader.undone)
            states = {state.value: count for state, count in sorted(system.context.index.counts().items())}
    for line in lines:
        say(line)
    faults, events = dict(chaos.happened), dict(uploader.told)
    return Run(seed, documents, verdict, faults, events, processes.restarts, states=states, **measured)


def _go_through(system: System, uploader: Uploader, chaos: FaultInjector, patience: float) -> dict[str, Any]:
    """Upload under faults, then sweep once; return counts and times by the fields of ``Run``."""
    started = time.monotonic()
    _suffer(uploader, chaos, patience)
    calm, finished = time.monotonic(), _finished(system, patience)
    _wait_idle(system, patience)
    quiet, unread = time.monotonic(), _unread_events(system.settings)
    swept = system.sweep()
    _wait_idle(system, patience)
    return {
        "swept": {str(reason): count for reason, count in swept.differences.items()},
        "unread_events": unread,
        "seconds_under_faults": round(calm - started, 1),
        "finished_per_minute": round(60 * finished / (calm - started), 1),
        "seconds_to_quiet": round(quiet - calm, 1),
        "seconds_after_sweep": round(time.monotonic() - quiet, 1),
    }


@contextmanager
def _doors(trio: KillableServers) -> Iterator[tuple[FaultProxy, FaultProxy]]:
    address = urlsplit(trio.s3.url)
    doors = FaultProxy(address.hostname or "", address.port or 0), FaultProxy(address.hostname or "", address.port or 0)
    try:
        yield doors
    finally:
        for door in doors:
            door.close()


def _uploader(system: System, trio: KillableServers, seed: int, documents: int) -> Uploader:
    return Uploader(
        system.context.inbox,
        happenings(seed, documents),
        bucket=bucket_of(system.settings.objects_url),
        redis_url=trio.redis.url,
        events=system.settings.events_list,
        seed=seed,
        seconds=FIRST_SECONDS + documents / DOCUMENTS_PER_SECOND,
        told_by_store=bool(trio.store.list_port),
    )


def _suffer(uploader: Uploader, chaos: FaultInjector, patience: float) -> None:
    """Upload everything while faults happen, until each kind has happened or patience ends.

    The remaining uploads then get the same time again without faults.
    """
    deadline = time.monotonic() + patience
    uploader.start()
    chaos.start()
    try:
        while time.monotonic() < deadline and (uploader.is_alive() or len(chaos.happened) < len(FAULTS)):
            if chaos.over:
                break
            time.sleep(POLL_SECONDS)
    finally:
        chaos.end()
        uploader.join(patience)
        uploader.give_up()
        uploader.join()


def _finished(system: System, patience: float) -> int:
    """Count the documents that have an outcome, once the index answers.

    Raises:
        DependencyError: It does not answer within ``patience`` seconds.
    """
    wait = ServerWait(system.context.stopping, seconds=patience)
    return sum(wait(system.context.index.counts).values())


def _variables(trio: KillableServers, seed: int) -> dict[str, str]:
    address = urlsplit(trio.s3.url).netloc
    return {
        f"{PREFIX}BROKER_URL": trio.redis.url,
        f"{PREFIX}BROKER_PREFIX": f"faults-{seed}:",
        f"{PREFIX}EVENTS_LIST": EVENTS_LIST if trio.store.list_port else f"faults-{seed}:events",
        f"{PREFIX}INDEX_URL": trio.elasticsearch.url,
        f"{PREFIX}INDEX_PREFIX": f"faults-{seed}",
        f"{PREFIX}OBJECTS_URL": f"s3://{address}/faults-{seed}-inbox",
        f"{PREFIX}DERIVED_URL": f"s3://{address}/faults-{seed}-derived",
        f"{PREFIX}S3_ACCESS_KEY": trio.store.access_key,
        f"{PREFIX}S3_SECRET_KEY": trio.store.secret_key,
        f"{PREFIX}SWEEP_SECONDS": "86400",
    }


def _unread_events(settings: Settings) -> int:
    """Count the events not yet processed, including those taken by an intake that was killed."""
    client = connect(settings)
    lists = client.scan_iter(match=f"{settings.events_list}*", _type="list")
    return sum(int(client.llen(name)) for name in lists)


def _wait_idle(system: System, patience: float) -> bool:
    """Wait until no document waits or runs for a while: MinIO resends queued events every 3 s."""
    deadline, calm = time.monotonic() + patience, 0
    while calm * POLL_SECONDS < CALM_SECONDS and time.monotonic() < deadline:
        try:
            calm = calm + 1 if system.idle() else 0
        except DependencyError:
            calm = 0
        time.sleep(POLL_SECONDS)
    return calm * POLL_SECONDS >= CALM_SECONDS
