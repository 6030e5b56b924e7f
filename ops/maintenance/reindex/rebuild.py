"""Rebuilds the index while it is searched, and estimates what a rebuild and the next sweep will process.

On Elasticsearch every document is copied unchanged into new indexes with the current fields and dictionary; then the
aliases move in one step. Writers wait (the index is busy) for the seconds between the last copy of changes and that
step. The embedded index is rebuilt in place from its ledger, document by document. A rebuild runs no stage: documents
of an older stage version are left to the sweep.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ops.maintenance.reindex.elastic import rebuild_elastic
from ops.system import System
from schemas.outcomes import State
from search.elastic.index import ElasticIndex
from search.tantivy.index import TantivyIndex
from workers.pipeline.stage_names import ORDER
from workers.pipeline.versions import VERSIONS

# Documents per second, measured on four cores; used only for the estimate.
COPIED = 150.0
PROCESSED = {"convert": 40.0, "normalize": 80.0, "extract": 90.0, "index": 150.0}


@dataclass(frozen=True, slots=True)
class Plan:
    """Estimate of a rebuild and of the next sweep.

    Attributes:
        documents: Number of records in the index; a rebuild copies all of them.
        rebuild_seconds: Estimated seconds of the rebuild.
        outdated: Number of documents by the first stage whose version changed since; the sweep has them processed from
            that stage on, reusing the results of earlier stages.
        process_seconds: Estimated seconds to process the outdated documents.
    """

    documents: int
    rebuild_seconds: float
    outdated: dict[str, int]
    process_seconds: float


def plan(system: System) -> Plan:
    """Return how many documents a rebuild and the next sweep would process.

    Raises:
        DependencyError: The index does not answer.
    """
    total, outdated = 0, Counter[str]()
    for record in system.context.index.record_keys():
        total += 1
        if record.state is not State.REMOVED:
            first = next((stage for stage in ORDER if record.stages.get(stage) != VERSIONS[stage]), None)
            outdated.update([first] if first else [])
    seconds = sum(count / PROCESSED[stage] for stage, count in outdated.items())
    return Plan(total, round(total / COPIED, 1), dict(outdated), round(seconds, 1))


def reindex(system: System, *, advance: Callable[[int], Any] = lambda _: None) -> int:
    """Rebuild the index; return the number of documents.

    Args:
        system: The system of the index.
        advance: Called with the number of documents of each batch.

    Raises:
        DependencyError: The index does not answer, or another process has the embedded one open; the old one is still
            in place.
    """
    index = system.context.index
    if isinstance(index, ElasticIndex):
        return rebuild_elastic(index, system.settings, advance=advance)
    if isinstance(index, TantivyIndex):
        count = index.rebuild()
        advance(count)
        return count
    raise TypeError(f"no way to rebuild a {type(index).__name__}")
