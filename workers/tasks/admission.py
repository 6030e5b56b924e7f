"""Admission, the only step from waiting to a message at the broker: as many keys and scans as the queues have room for.

The main process of each worker admits (``supervisor``). New work, and a message taken so that there is room again, wake
one of them (``AdmissionQueue.wait_for_work``).
"""

import logging
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from operator import itemgetter

from schemas.codec import as_json
from schemas.errors import DependencyError
from schemas.families import CHILD_MARK
from schemas.jobs import Job
from schemas.journeys import Journey
from schemas.records import document_id
from workers.leases.fair_queue import BATCH, QUEUED
from workers.leases.protocol import LeaseStore
from workers.pipeline.stage_names import ORDER, SCAN
from workers.tasks.batch import upload_of
from workers.tasks.publisher import Publisher
from workers.telemetry.log_context import new_trace, working_on

# Tolerated clock difference between the machine that noted the end of an upload and this one.
NOTED_SECONDS = 60.0

log = logging.getLogger(__name__)


class Admission:
    """Publishes messages for the next keys and scans."""

    def __init__(
        self, publisher: Publisher, inflight: LeaseStore, *, find_recorded: Callable[[Sequence[str]], Collection[str]]
    ) -> None:
        """Set up.

        Args:
            publisher: Sends to the broker.
            inflight: The lease store in which keys wait.
            find_recorded: ``Index.find_recorded``: separates known objects from new ones, in batches.
        """
        self._publisher = publisher
        self._inflight = inflight
        self._find_recorded = find_recorded

    def wait(self, seconds: float) -> None:
        """Wait until there may be something to admit, but no longer than this.

        Raises:
            DependencyError: The broker does not answer.
        """
        self._inflight.wait_for_work(seconds)

    def admit(self) -> int:
        """Publish the next keys and scans as far as the queues have room; return the number of messages.

        Raises:
            DependencyError: The broker does not answer; unsent keys wait again, or are recovered as lost.
        """
        return self._admit_keys() + self._admit_scans()

    def _admit_keys(self) -> int:
        admitted = self._inflight.admit(ORDER[0], QUEUED, batch=BATCH)
        keys = [key for key, _ in admitted]
        new, noted = self._select_new(keys), self._inflight.take_journeys(keys)
        jobs = [_job(key, _journey_of(noted.get(key), since), since, new=key in new) for key, since in admitted]
        # A batch is worked through by one process, so few keys are shared out among as many as there are.
        for batch in divide_by_upload(jobs, size=min(BATCH, max(1, len(jobs) // BATCH))):
            try:
                self._publish(batch)
            except DependencyError:
                self._line_up_again([job.key for job in jobs], noted)
                raise
            jobs = jobs[len(batch) :]
        return len(admitted)

    def _publish(self, batch: Sequence[Job]) -> None:
        self._publisher.publish_batch(ORDER[0], [(as_json(job), None) for job in batch])
        for job in batch:
            with working_on(job.trace, document_id(job.key)):
                log.info("queued")

    def _line_up_again(self, keys: Sequence[str], noted: dict[str, Journey]) -> None:
        self._inflight.cancel_wait(keys)
        for key in keys:
            if key in noted:
                self._inflight.keep_journey([key], noted[key])
        self._inflight.line_up(keys)

    def _admit_scans(self) -> int:
        """Publish a message for each scan there is room for; the worker that takes one gets the next scan."""
        room = self._inflight.count_scan_room(SCAN)
        for _ in range(room):
            self._publisher.publish_call(SCAN)
        return room

    def _select_new(self, keys: Sequence[str]) -> set[str]:
        """Return the keys just admitted that have no record and are not about to get one."""
        if not keys:
            return set()
        try:
            known = self._find_recorded([document_id(key) for key in keys])
        except DependencyError as error:
            log.debug("not told apart: %s", error)
            return set()
        fresh = [key for key in keys if document_id(key) not in known and CHILD_MARK not in key]
        return set(fresh) - self._inflight.find_busy(fresh, waiting_since=math.inf)


def divide_by_upload(jobs: Sequence[Job], *, size: int) -> Iterator[list[Job]]:
    """Yield batches of at most this size, an upload's jobs together, and of every upload some before more of any."""
    uploads: dict[tuple[str, ...], list[Job]] = {}
    for job in jobs:
        uploads.setdefault(upload_of(job), []).append(job)
    parts = [(n, upload[n : n + size]) for upload in uploads.values() for n in range(0, len(upload), size)]
    batch: list[Job] = []
    for _, part in sorted(parts, key=itemgetter(0)):
        if len(batch) + len(part) > size:
            yield batch
            batch = []
        batch = [*batch, *part]
    if batch:
        yield batch


def _job(key: str, journey: Journey, since: float, *, new: bool) -> Job:
    return Job(key=key, trace=journey.trace, sent_at=since, new=new, steps=journey.steps)


def _journey_of(noted: Journey | None, since: float) -> Journey:
    """Return the noted journey of an object waiting since then; a new one if none, or only an outdated one, is noted.

    A note on a second upload is left over if the first was looked at only after it.
    """
    if noted is None or (noted.steps and noted.steps[-1].ended_at < since - NOTED_SECONDS):
        return Journey(new_trace(), since)
    return noted
