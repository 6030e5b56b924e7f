"""Sends work: keys that changed to the tenant queues, and messages on their way to a stage to the broker."""

import time
from collections.abc import Iterable
from itertools import islice
from typing import Any

import kombu.exceptions
from celery import Celery

from schemas.errors import DependencyError
from schemas.events import ObjectEvent
from schemas.journeys import Journey
from workers.leases.protocol import LeaseStore
from workers.tasks.queue_depth import PUBLISHED

BATCH = 500


class Publisher:
    """Lines up objects, which ``admission`` lets into the first queue, and puts messages on the queues."""

    def __init__(self, app: Celery, inflight: LeaseStore) -> None:
        """Set the application and the lease store."""
        self._app = app
        self._inflight = inflight

    def send(self, keys: Iterable[str], *, journey: Journey | None = None) -> int:
        """Have these objects looked at; return how many were not waiting for that already.

        Args:
            keys: Of the objects.
            journey: How they came here, where that is known.

        Raises:
            DependencyError: The broker does not answer; keys not yet sent do not wait.
        """
        sent, source = 0, iter(keys)
        while batch := list(islice(source, BATCH)):
            if journey is not None:
                self._inflight.keep_journey(batch, journey)
            sent += self._inflight.line_up(batch)
        return sent

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

    def publish_call(self, queue: str) -> None:
        """Put a message on a queue that names no object: whoever takes it is given the one that is next.

        Raises:
            DependencyError: The broker does not answer.
        """
        self._send(queue, [], "()")

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


def is_document(event: ObjectEvent, bucket: str) -> bool:
    """Return whether an event concerns a document of the inbox: its bucket, and no folder marker."""
    return event.bucket in {"", bucket} and bool(event.key) and not event.key.endswith("/")
