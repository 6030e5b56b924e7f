"""The way of one document from the request that brought it to its outcome, kept with its record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the way.

    Attributes:
        stage: ``upload``, a stage, or ``scan`` for a conversion that waited for recognition.
        started_at: Seconds since 1970.
        seconds: How long it took, its waits for servers included.
        attempt: Which one led to it, from 1: a start after a worker's death and a try after a passing error each count.
        worker: Host and process.
    """

    stage: str
    started_at: float
    seconds: float
    attempt: int
    worker: str

    @property
    def ended_at(self) -> float:
        """When it had ended, seconds since 1970."""
        return self.started_at + self.seconds


@dataclass(frozen=True, slots=True)
class Journey:
    """The way so far.

    Attributes:
        trace: 16 or 32 hexadecimal digits; in every log line and span of the work.
        asked_at: When the work was asked for, seconds since 1970.
        steps: In the order they were taken.
    """

    trace: str
    asked_at: float
    steps: tuple[Step, ...] = ()
