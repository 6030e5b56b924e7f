"""Sends work to the queues: keys that changed, and jobs on their way to the next stage."""

import logging
import math
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from typing import Any

import kombu.exceptions
from celery import Celery

from schemas.codec import as_json
from schemas.errors import DependencyError
from schemas.events import ObjectEvent
from schemas.families import CHILD_MARK
from schemas.jobs import Job
from schemas.journeys import Journey
from schemas.records import document_id
from workers.leases.fair_queue import QUEUED
from workers.leases.protocol import SCAN, LeaseStore
from workers.pipeline.stage_names import ORDER
from workers.tasks.queue_depth import PUBLISHED
from workers.telemetry.log_context import new_trace, working_on

BATCH = 500
# An object waits from the moment its upload has ended; clocks of two machines may differ by this much.
NOTED_SECONDS = 60.0

Recorded = Callable[[Sequence[str]], Collection[str]]

log = logging.getLogger(__name__)


class Publisher:
    """Puts messages on the queues; an object that waits already is not queued again."""

    def __init__(self, app: Celery, inflight: LeaseStore, *, recorded: Recorded | None = None) -> None:
        """Set up.

        Args:
            app: The application.
            inflight: The ledger of work in flight.
            recorded: ``Index.recorded``; with it new objects are told from known ones many at a time.
        """
        self._app = app
        self._inflight = inflight
        self._recorded = recorded

    def send(self, keys: Iterable[str], *, journey: Journey | None = None) -> int:
        """Have these objects looked at; return how many were not waiting for that already.

        Args:
            keys: Of the objects.
            journey: How they came here, where that is known.

        Raises:
            DependencyError: The broker does not answer; keys not yet sent are not marked as waiting.
        """
        sent, source = 0, iter(keys)
        while batch := list(islice(source, BATCH)):
            if journey is not None:
                self._inflight.keep_journey(batch, journey)
            sent += self._inflight.line_up(batch)
            self.refill()
        return sent

    def refill(self) -> int:
        """Send what is next in the lanes, as far as the first queue has room; return how many messages that took.

        Raises:
            DependencyError: The broker does not answer; what was not sent stands in its lane again, or is found lost.
        """
        admitted = self._inflight.admit(ORDER[0], QUEUED)
        new = self._new([key for key, _ in admitted])
        noted = self._inflight.take_journeys([key for key, _ in admitted]) if admitted else {}
        for n, (key, since) in enumerate(admitted):
            journey = _of(noted.get(key), since)
            try:
                job = Job(key=key, trace=journey.trace, sent_at=since, new=key in new, steps=journey.steps)
                self.publish(ORDER[0], as_json(job))
                with working_on(job.trace, document_id(key)):
                    log.info("queued")
            except DependencyError:
                left = [each for each, _ in admitted[n:]]
                self._inflight.cancel_wait(left)
                for each in left:
                    if each in noted:
                        self._inflight.keep_journey([each], noted[each])
                self._inflight.line_up(left)
                raise
        return len(admitted)

    def enqueue_scans(self) -> int:
        """Have scans that wait be taken, as far as their queue has room; return how many messages that took.

        A message names no scan: whoever takes it is given the one that is next.

        Raises:
            DependencyError: The broker does not answer.
        """
        wanted = self._inflight.scans_wanted(SCAN)
        for _ in range(wanted):
            self._send(SCAN, [], "()")
        return wanted

    def _new(self, keys: Sequence[str]) -> set[str]:
        """Return those of the keys just admitted that have no record, and that nobody is about to give one."""
        if self._recorded is None or not keys:
            return set()
        try:
            known = self._recorded([document_id(key) for key in keys])
        except DependencyError as error:
            log.debug("not told apart: %s", error)
            return set()
        fresh = [key for key in keys if document_id(key) not in known and CHILD_MARK not in key]
        return set(fresh) - self._inflight.busy(fresh, waiting_since=math.inf)

    def publish(self, stage: str, job: dict[str, Any], *, carried: str | None = None) -> None:
        """Put one job on a stage's queue.

        Args:
            stage: Whose queue.
            job: A ``Job`` as plain dicts.
            carried: See ``workers.tasks.payload``.

        Raises:
            DependencyError: The broker does not answer.
        """
        self._send(stage, [job] if carried is None else [job, carried], repr((job["key"],)))

    def _send(self, queue: str, arguments: list[Any], shown: str) -> None:
        try:
            # Celery would write out the arguments in a header, for monitors to show: work, and the text of documents.
            self._app.send_task(
                f"gongkai.{queue}",
                args=arguments,
                queue=queue,
                headers={PUBLISHED: time.time()},
                argsrepr=shown,
                kwargsrepr="{}",
            )
        except kombu.exceptions.OperationalError as error:
            raise DependencyError("broker", str(error)) from error

    def describe(self) -> str:
        """Return kind and address of the broker in one line, having reached it.

        Raises:
            DependencyError: The broker does not answer.
        """
        with self._app.connection_for_write() as connection:
            try:
                connection.ensure_connection(max_retries=1, interval_start=0, timeout=5)
            except kombu.exceptions.OperationalError as error:
                raise DependencyError("broker", str(error)) from error
            return str(connection.as_uri())


def _of(noted: Journey | None, since: float) -> Journey:
    """Return the journey of an object that has waited since then; a new one where none is noted, or an old one.

    What is noted of a second upload is left over where the first was looked at only after it.
    """
    if noted is None or (noted.steps and noted.steps[-1].ended_at < since - NOTED_SECONDS):
        return Journey(new_trace(), since)
    return noted


def is_document(event: ObjectEvent, bucket: str) -> bool:
    """Return whether an event concerns a document of the inbox: its bucket, and no folder marker."""
    return event.bucket in {"", bucket} and bool(event.key) and not event.key.endswith("/")
