"""Compares the bucket with the index and has the differences looked at: what makes "nothing is lost" true.

Both sides are streamed in the order of their keys and merged, so that memory stays constant however many there are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Literal, TypeVar

from schemas.outcomes import State
from schemas.records import RecordKey
from workers.context import Context
from workers.dispatch import Dispatch
from workers.families import Families
from workers.hold import was_released
from workers.pipeline import VERSIONS
from workers.queues import Queues
from workers.storage.protocol import ObjectInfo

Reason = Literal["missing", "changed", "outdated", "released", "gone", "children"]
BATCH = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """What a sweep saw: objects and records compared, differences by reason, and how many were queued for it."""

    objects: int
    records: int
    differences: dict[Reason, int]
    busy: int
    sent: int


def differences(
    objects: Iterable[ObjectInfo],
    records: Iterable[RecordKey],
    versions: dict[str, int],
    *,
    released: Callable[[RecordKey], bool] = lambda _: False,
) -> Iterator[tuple[str, Reason]]:
    """Yield the keys where bucket and index disagree, and how.

    Args:
        objects: Ascending by the UTF-8 bytes of the key.
        records: Likewise.
        versions: Version of each stage that runs now.
        released: Whether a person has released a document that is recorded as held.
    """
    listed, recorded = iter(objects), iter(records)
    found, record = next(listed, None), next(recorded, None)
    families = Families(versions, released)
    while found is not None or record is not None:
        order = _order(found, record)
        if order > 0 and record is not None:
            if record.state is not State.REMOVED and record.parent is None:
                yield record.key, "gone"
            yield from families.see(record)
            record = next(recorded, None)
            continue
        if found is not None and order < 0:
            yield found.key, "missing"
        elif found is not None and record is not None:
            if record.etag != found.etag or record.state is State.REMOVED:
                yield found.key, "changed"
            elif record.stages != versions:
                yield found.key, "outdated"
            elif released(record):
                yield found.key, "released"
            yield from families.see(record)
            record = next(recorded, None)
        found = next(listed, None)
    yield from families.rest()


def _order(found: ObjectInfo | None, record: RecordKey | None) -> int:
    if found is None or record is None:
        return 1 if found is None else -1
    left, right = found.key.encode("utf-8", "surrogatepass"), record.key.encode("utf-8", "surrogatepass")
    return (left > right) - (left < right)


def sweep(context: Context, dispatch: Dispatch, queues: Queues, *, prefix: str = "") -> Report:
    """Compare everything below ``prefix`` and queue the differences that nobody works on yet.

    A key that is marked as waiting, but whose message the broker has lost, counts as one nobody works on.

    Raises:
        DependencyError: A server does not answer; what was queued so far stays queued.
    """
    seen: Counter[str] = Counter()
    reasons: Counter[Reason] = Counter()
    objects = _counted(context.inbox.list(prefix), seen, "objects")
    records = _counted(context.index.record_keys(prefix), seen, "records")
    found, sent, busy = differences(objects, records, VERSIONS, released=partial(was_released, context.derived)), 0, 0
    while batch := list(islice(found, BATCH)):
        reasons.update(reason for _, reason in batch)
        keys = [key for key, _ in batch if not key.endswith("/")]
        occupied = context.inflight.busy(keys, waiting_since=queues.lost_before())
        idle = [key for key in keys if key not in occupied]
        context.inflight.unwait(idle)
        busy += len(occupied)
        sent += dispatch.send(idle)
    return Report(seen["objects"], seen["records"], dict(reasons), busy, sent)


def _counted(items: Iterable[T], seen: "Counter[str]", name: str) -> Iterator[T]:
    for item in items:
        seen[name] += 1
        yield item
