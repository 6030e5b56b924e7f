"""Gauges read from the servers on each scrape: queues, running jobs, records, and which servers answer."""

import logging
from collections.abc import Callable, Iterator
from importlib.metadata import version

from ops.system import System
from schemas.errors import DependencyError
from workers.pipeline.stage_names import SCAN
from workers.pipeline.versions import VERSIONS
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.telemetry.definitions import MetricDefinition
from workers.telemetry.recorder import Values

log = logging.getLogger(__name__)

GAUGES: dict[str, MetricDefinition] = {
    "build_info": MetricDefinition("gauge", "1, with the version of this process", ("version",)),
    "stage_version": MetricDefinition(
        "gauge", "Version of a stage; raising it reprocesses what it affects", ("stage",)
    ),
    "dictionary_version": MetricDefinition("gauge", "1, with the version of the domain dictionary", ("version",)),
    "server_up": MetricDefinition("gauge", "Whether a server answers", ("server",)),
    "queue_messages": MetricDefinition("gauge", "Messages that wait for a stage", ("stage",)),
    "queue_oldest_seconds": MetricDefinition("gauge", "How long the oldest message of a stage has waited", ("stage",)),
    "unacked_messages": MetricDefinition("gauge", "Messages a worker has taken and not finished"),
    "waiting_documents": MetricDefinition("gauge", "Documents that wait for a worker"),
    "running_documents": MetricDefinition("gauge", "Documents a worker holds the lease of"),
    "oldest_waiting_seconds": MetricDefinition("gauge", "How long the document that waited longest has waited"),
    "events_waiting": MetricDefinition("gauge", "Event messages the object store has pushed and no intake has taken"),
    "records": MetricDefinition("gauge", "Documents on record", ("state",)),
}


def gauges(system: System) -> Values:
    """Query every server once; one that does not answer has ``server_up`` 0 and no other metrics."""
    values: Values = {("build_info", (version("gongkai"),)): [1.0]}
    values.update({("stage_version", (stage,)): [float(number)] for stage, number in VERSIONS.items()})
    values["dictionary_version", (system.context.index.lexicon_version,)] = [1.0]
    sources: dict[str, Callable[[System], Iterator[tuple[str, tuple[str, ...], float]]]] = {
        "broker": _broker,
        "index": _index,
        "objects": _objects,
    }
    for server, source in sources.items():
        try:
            values.update({(name, labels): [number] for name, labels, number in source(system)})
            values["server_up", (server,)] = [1.0]
        except DependencyError as error:
            log.warning("no metrics of the %s: %s", server, error)
            values["server_up", (server,)] = [0.0]
    return values


def _broker(system: System) -> Iterator[tuple[str, tuple[str, ...], float]]:
    lengths, ages = system.queues.lengths(), system.queues.ages()
    counts = system.context.inflight.counts()
    yield "unacked_messages", (), lengths.pop("unacked", 0)
    for stage in lengths:
        yield "queue_messages", (stage,), lengths[stage]
        yield "queue_oldest_seconds", (stage,), ages.get(stage, 0.0)
    yield "queue_messages", (SCAN,), counts.scans
    yield "queue_oldest_seconds", (SCAN,), counts.scan_seconds
    yield "waiting_documents", (), counts.waiting
    yield "running_documents", (), counts.running
    yield "oldest_waiting_seconds", (), counts.oldest_seconds if counts.waiting > counts.scans else 0.0
    yield "events_waiting", (), _events(system)


def _events(system: System) -> int:
    if system.settings.embedded:
        return 0
    with translate_redis_errors(), connect(system.settings) as redis:
        return int(redis.llen(system.settings.events_list))


def _index(system: System) -> Iterator[tuple[str, tuple[str, ...], float]]:
    for state, number in system.context.index.counts().items():
        yield "records", (state.value,), number


def _objects(system: System) -> Iterator[tuple[str, tuple[str, ...], float]]:
    system.context.inbox.describe()
    yield from ()
