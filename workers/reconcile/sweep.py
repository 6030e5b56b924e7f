"""Compares the bucket with the index and queues the differences: this makes "nothing is lost" true.

Both sides are streamed in key order and merged, so that memory stays constant whatever their size.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, TypeVar, cast

from schemas.outcomes import State
from schemas.records import RecordKey, document_id, key_order
from workers.furniture import due_again
from workers.pipeline.context import Context
from workers.pipeline.hold_policy import was_released
from workers.pipeline.versions import VERSIONS
from workers.reconcile.container_diff import ContainerDiff
from workers.reconcile.unlisted_objects import look_again
from workers.storage.protocol import ObjectInfo
from workers.tasks.publisher import Publisher
from workers.tasks.queue_depth import Queues
from workers.telemetry import instrument as metrics

Reason = Literal["missing", "changed", "outdated", "released", "gone", "children", "unlisted"]
BATCH = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a sweep: objects and records compared, differences by reason, and how many were queued."""

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
    late: Callable[[ObjectInfo], Any] = lambda _: None,
) -> Iterator[tuple[str, Reason]]:
    """Yield the keys where bucket and index disagree, and how.

    Args:
        objects: Ascending by the UTF-8 bytes of the key.
        records: Likewise.
        versions: Version of each stage that runs now.
        released: Whether a person released a document recorded as held, or asked for its reprocessing.
        late: Called with each new or changed object for which no event has arrived yet.
    """
    families = ContainerDiff(versions, released)
    for found, record in merge_listings(objects, records):
        if record is None:
            late(cast(ObjectInfo, found))
            yield cast(ObjectInfo, found).key, "missing"
            continue
        if reason := difference(found, record, versions, released=released):
            if found is not None and reason == "changed":
                late(found)
            yield record.key, reason
        yield from families.see(record)
    yield from families.rest()


def merge_listings(
    objects: Iterable[ObjectInfo], records: Iterable[RecordKey]
) -> Iterator[tuple[ObjectInfo | None, RecordKey | None]]:
    """Yield the pair of object and record for each key, ascending; None for a side without one.

    Args:
        objects: Ascending by the UTF-8 bytes of the key.
        records: Likewise.
    """
    listed, recorded = iter(objects), iter(records)
    found, record = next(listed, None), next(recorded, None)
    while found is not None or record is not None:
        order = _order(found, record)
        yield (found if order <= 0 else None), (record if order >= 0 else None)
        if order <= 0:
            found = next(listed, None)
        if order >= 0:
            record = next(recorded, None)


def difference(
    found: ObjectInfo | None, record: RecordKey, versions: dict[str, int], *, released: Callable[[RecordKey], bool]
) -> Reason | None:
    """Return how an object and its record disagree; None if they agree, and for a child, which has no object."""
    if found is None:
        return "gone" if record.state is not State.REMOVED and record.parent is None else None
    if record.etag != found.etag or record.state is State.REMOVED:
        return "changed"
    if record.stages != versions:
        return "outdated"
    return "released" if released(record) else None


def _order(found: ObjectInfo | None, record: RecordKey | None) -> int:
    if found is None or record is None:
        return 1 if found is None else -1
    left, right = key_order(found.key), key_order(record.key)
    return (left > right) - (left < right)


def sweep(
    context: Context,
    dispatch: Publisher,
    queues: Queues,
    *,
    prefix: str = "",
    tell: Callable[[Report], object] = lambda so_far: None,
) -> Report:
    """Compare everything below ``prefix`` and queue the differences that no worker has yet.

    A key marked as waiting whose message the broker lost is queued as well. ``tell`` is called with the report so far,
    every few hundred objects.

    Raises:
        DependencyError: A server does not answer; keys queued so far stay queued.
    """
    started = time.monotonic()
    seen: Counter[str] = Counter()
    reasons: Counter[Reason] = Counter()
    sent = busy = 0

    def report() -> Report:
        return Report(seen["objects"], seen["records"], dict(reasons), busy, sent)

    objects = _count(context.inbox.list(prefix), seen, "objects", lambda: tell(report()))
    records = _count(context.index.record_keys(prefix), seen, "records", lambda: tell(report()))
    again = due_again(context.derived)

    def released(record: RecordKey) -> bool:
        return document_id(record.key) in again or was_released(context.derived, record)

    found = differences(objects, records, VERSIONS, released=released, late=metrics.count_late_find)
    while batch := list(islice(found, BATCH)):
        batch = list(_recheck_gone(batch, context))
        reasons.update(reason for _, reason in batch)
        done = enqueue([key for key, reason in batch if reason != "unlisted"], context, dispatch, queues)
        sent, busy = sent + done[0], busy + done[1]
    metrics.count_sweep(
        {str(reason): number for reason, number in reasons.items()},
        objects=seen["objects"],
        sent=sent,
        seconds=time.monotonic() - started,
        whole=not prefix,
    )
    return report()


def _recheck_gone(batch: list[tuple[str, Reason]], context: Context) -> Iterator[tuple[str, Reason]]:
    """Yield the differences of a batch; an object reported gone is first looked up by its name."""
    again = dict(look_again([key for key, reason in batch if reason == "gone"], context))
    for key, reason in batch:
        found: Reason | None = again.get(key, reason)
        if found is not None:
            yield key, found


def enqueue(keys: Iterable[str], context: Context, dispatch: Publisher, queues: Queues) -> tuple[int, int]:
    """Queue the keys that neither wait nor run; return how many were queued, and how many were busy.

    Raises:
        DependencyError: A server does not answer.
    """
    wanted = [key for key in keys if not key.endswith("/")]
    occupied = context.inflight.find_busy(wanted, waiting_since=queues.lost_before())
    idle = [key for key in wanted if key not in occupied]
    context.inflight.cancel_wait(idle)
    return dispatch.send(idle), len(occupied)


def _count(items: Iterable[T], seen: "Counter[str]", name: str, tell: Callable[[], object]) -> Iterator[T]:
    for item in items:
        seen[name] += 1
        if seen[name] % BATCH == 0:
            tell()
        yield item
