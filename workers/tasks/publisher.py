"""Sends work: changed keys to the tenant queues, and messages for a stage to the broker."""

import time
from collections.abc import Sequence
from typing import Any

import kombu.exceptions
from celery import Celery

from schemas.errors import DependencyError
from schemas.events import ObjectEvent
from workers.leases.protocol import LeaseStore
from workers.tasks.key_queue import KeyQueue
from workers.tasks.payload import write_batch
from workers.tasks.queue_depth import PUBLISHED


class Publisher(KeyQueue):
    """Puts objects into tenant queues, from which ``admission`` takes them, and messages into stage queues."""

    def __init__(self, app: Celery, inflight: LeaseStore) -> None:
        """Set the application and the lease store."""
        super().__init__(inflight)
        self._app = app

    def publish(self, stage: str, job: dict[str, Any], *, carried: str | None = None) -> None:
        """Put one job on a stage's queue.

        Args:
            stage: Whose queue.
            job: A ``Job`` as plain dicts.
            carried: See ``workers.tasks.payload``.

        Raises:
            DependencyError: The broker does not answer.
        """
        self.publish_batch(stage, [(job, carried)])

    def publish_batch(self, stage: str, sent: Sequence[tuple[dict[str, Any], str | None]]) -> None:
        """Put several jobs on a stage's queue as one message.

        Args:
            stage: Whose queue.
            sent: Each as ``publish`` takes it.

        Raises:
            DependencyError: The broker does not answer.
        """
        self._send(stage, write_batch(sent), repr(tuple(job["key"] for job, _ in sent)))

    def publish_call(self, queue: str) -> None:
        """Put a message that names no object on a queue: the worker that takes it gets the next object.

        Raises:
            DependencyError: The broker does not answer.
        """
        self._send(queue, [], "()")

    def _send(self, queue: str, arguments: list[Any], shown: str) -> None:
        try:
            # Celery would copy the arguments, document text included, into a header for monitors: costly, and a leak.
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
        """Contact the broker and return its kind and address in one line.

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
