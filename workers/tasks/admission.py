"""The one way from waiting to a message at the broker: as many keys and scans as their queues have room for.

The main process of each worker admits (``supervisor``). Whoever brings work, and whoever takes a message so that there
is room again, wakes one of them (``AdmissionQueue.wait_for_work``).
"""

import logging
import math
from collections.abc import Callable, Collection, Sequence

from schemas.codec import as_json
from schemas.errors import DependencyError
from schemas.families import CHILD_MARK
from schemas.jobs import Job
from schemas.journeys import Journey
from schemas.records import document_id
from workers.leases.fair_queue import QUEUED
from workers.leases.protocol import LeaseStore
from workers.pipeline.stage_names import ORDER, SCAN
from workers.tasks.publisher import Publisher
from workers.telemetry.log_context import new_trace, working_on

# An object waits from the moment its upload has ended; clocks of two machines may differ by this much.
NOTED_SECONDS = 60.0

log = logging.getLogger(__name__)


class Admission:
    """Lets into the queues what is next."""

    def __init__(
        self, publisher: Publisher, inflight: LeaseStore, *, find_recorded: Callable[[Sequence[str]], Collection[str]]
    ) -> None:
        """Set up.

        Args:
            publisher: The way to the broker.
            inflight: Where keys wait.
            find_recorded: ``Index.find_recorded``: tells new objects from known ones many at a time.
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
        """Send what is next, as far as the queues have room; return how many messages that took.

        Raises:
            DependencyError: The broker does not answer; what was not sent waits again, or is found lost.
        """
        return self._admit_keys() + self._admit_scans()

    def _admit_keys(self) -> int:
        admitted = self._inflight.admit(ORDER[0], QUEUED)
        keys = [key for key, _ in admitted]
        new, noted = self._select_new(keys), self._inflight.take_journeys(keys)
        for n, (key, since) in enumerate(admitted):
            try:
                self._publish(key, _journey_of(noted.get(key), since), since, new=key in new)
            except DependencyError:
                self._line_up_again(keys[n:], noted)
                raise
        return len(admitted)

    def _publish(self, key: str, journey: Journey, since: float, *, new: bool) -> None:
        job = Job(key=key, trace=journey.trace, sent_at=since, new=new, steps=journey.steps)
        self._publisher.publish(ORDER[0], as_json(job))
        with working_on(job.trace, document_id(key)):
            log.info("queued")

    def _line_up_again(self, keys: Sequence[str], noted: dict[str, Journey]) -> None:
        self._inflight.cancel_wait(keys)
        for key in keys:
            if key in noted:
                self._inflight.keep_journey([key], noted[key])
        self._inflight.line_up(keys)

    def _admit_scans(self) -> int:
        """Publish a message for each scan there is room for; whoever takes one is given the scan that is next."""
        room = self._inflight.count_scan_room(SCAN)
        for _ in range(room):
            self._publisher.publish_call(SCAN)
        return room

    def _select_new(self, keys: Sequence[str]) -> set[str]:
        """Return those of the keys just admitted that have no record, and that nobody is about to give one."""
        if not keys:
            return set()
        try:
            known = self._find_recorded([document_id(key) for key in keys])
        except DependencyError as error:
            log.debug("not told apart: %s", error)
            return set()
        fresh = [key for key in keys if document_id(key) not in known and CHILD_MARK not in key]
        return set(fresh) - self._inflight.find_busy(fresh, waiting_since=math.inf)


def _journey_of(noted: Journey | None, since: float) -> Journey:
    """Return the journey of an object that has waited since then; a new one where none is noted, or an old one.

    What is noted of a second upload is left over where the first was looked at only after it.
    """
    if noted is None or (noted.steps and noted.steps[-1].ended_at < since - NOTED_SECONDS):
        return Journey(new_trace(), since)
    return noted
