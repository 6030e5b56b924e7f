"""Builds the index anew while it is searched, and says beforehand what that, or the next sweep, will touch.

On Elasticsearch every document is copied, as it stands there, into new indexes with the fields and the dictionary of
now; then the aliases are moved in one step. Writers are held off for the seconds between the last look at what changed
meanwhile and that step: to them the index is busy, and they wait. The embedded index is rebuilt from its ledger in
place, document by document. What a new version of a stage makes of documents is the sweep's to find.
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

# Measured on four cores, for the estimate alone: documents a second.
COPIED = 150.0
PROCESSED = {"convert": 40.0, "normalize": 80.0, "extract": 90.0, "index": 150.0}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to do.

    Attributes:
        documents: How many records the index holds; a rebuild copies all of them.
        rebuild_seconds: About how long that takes.
        outdated: Documents by the first stage whose version has changed since; the sweep has those processed from there
            on, with what the stages before made.
        process_seconds: About how long that takes.
    """

    documents: int
    rebuild_seconds: float
    outdated: dict[str, int]
    process_seconds: float


def plan(system: System) -> Plan:
    """Return what a rebuild and the next sweep would touch.

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
    """Build the index anew and return how many documents that were.

    Args:
        system: Whose index.
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
