"""Puts changed keys into the tenant queues; needs no Celery, so a command that only does this starts quickly."""

from collections.abc import Iterable
from itertools import islice
from typing import Protocol

from schemas.journeys import Journey
from workers.leases.protocol import AdmissionQueue, JourneyNotes

SENT_AT_ONCE = 500


class WaitingKeys(AdmissionQueue, JourneyNotes, Protocol):
    """What the lease store keeps of keys that wait."""


class KeyQueue:
    """The tenant queues, from which ``admission`` takes keys."""

    def __init__(self, inflight: WaitingKeys) -> None:
        """Set the lease store."""
        self._inflight = inflight

    def send(self, keys: Iterable[str], *, journey: Journey | None = None) -> int:
        """Queue these objects to be looked at; return how many were not waiting already.

        Args:
            keys: Of the objects.
            journey: How they arrived, if known.

        Raises:
            DependencyError: The broker does not answer; the remaining keys are not queued.
        """
        sent, source = 0, iter(keys)
        while batch := list(islice(source, SENT_AT_ONCE)):
            if journey is not None:
                self._inflight.keep_journey(batch, journey)
            sent += self._inflight.line_up(batch)
        return sent
