"""Sends work to the queues: keys that changed, and jobs on their way to the next stage."""

import logging
import time
import uuid
from collections.abc import Iterable
from itertools import islice
from typing import Any

import kombu.exceptions
from celery import Celery

from schemas.codec import as_json
from schemas.errors import DependencyError
from schemas.events import ObjectEvent
from schemas.jobs import Job
from schemas.records import document_id
from workers.inflight import Inflight
from workers.lanes import QUEUED
from workers.pipeline import ORDER
from workers.queues import PUBLISHED
from workers.trace import working_on

BATCH = 500

log = logging.getLogger(__name__)


class Dispatch:
    """Puts messages on the queues; an object that waits already is not queued again."""

    def __init__(self, app: Celery, inflight: Inflight) -> None:
        self._app = app
        self._inflight = inflight

    def send(self, keys: Iterable[str]) -> int:
        """Have these objects looked at; return how many were not waiting for that already.

        Raises:
            DependencyError: The broker does not answer; keys not yet sent are not marked as waiting.
        """
        sent, source = 0, iter(keys)
        while batch := list(islice(source, BATCH)):
            sent += self._inflight.line_up(batch)
            self.refill()
        return sent

    def refill(self) -> int:
        """Send what is next in the lanes, as far as the first queue has room; return how many messages that took.

        Raises:
            DependencyError: The broker does not answer; what was not sent stands in its lane again, or is found lost.
        """
        admitted = self._inflight.admit(ORDER[0], QUEUED)
        for n, (key, since) in enumerate(admitted):
            try:
                job = Job(key=key, trace=uuid.uuid4().hex[:16], sent_at=since)
                self.publish(ORDER[0], as_json(job))
                with working_on(job.trace, document_id(key)):
                    log.info("queued")
            except DependencyError:
                left = [each for each, _ in admitted[n:]]
                self._inflight.unwait(left)
                self._inflight.line_up(left)
                raise
        return len(admitted)

    def publish(self, stage: str, job: dict[str, Any], *, carried: str | None = None) -> None:
        """Put one job on a stage's queue.

        Args:
            stage: Whose queue.
            job: A ``Job`` as plain dicts.
            carried: See ``workers.carry``.

        Raises:
            DependencyError: The broker does not answer.
        """
        arguments = [job] if carried is None else [job, carried]
        try:
            self._app.send_task(f"gongkai.{stage}", args=arguments, queue=stage, headers={PUBLISHED: time.time()})
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


def is_document(event: ObjectEvent, bucket: str) -> bool:
    """Return whether an event concerns a document of the inbox: its bucket, and no folder marker."""
    return event.bucket in {"", bucket} and bool(event.key) and not event.key.endswith("/")
