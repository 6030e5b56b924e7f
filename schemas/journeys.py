"""The journey of one document from its upload request to its outcome, stored with its record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey.

    Attributes:
        stage: ``upload``, a stage, or ``scan`` for a conversion that waited for recognition.
        started_at: Seconds since 1970.
        seconds: Duration, including waits for servers.
        attempt: From 1; a restart after a worker's death and a retry after a passing error each count.
        worker: Host and process.
    """

    stage: str
    started_at: float
    seconds: float
    attempt: int
    worker: str

    @property
    def ended_at(self) -> float:
        """The end of the step, seconds since 1970."""
        return self.started_at + self.seconds


@dataclass(frozen=True, slots=True)
class Journey:
    """The journey so far.

    Attributes:
        trace: 16 or 32 hexadecimal digits; in every log line and span of the work.
        asked_at: When the work was requested, seconds since 1970.
        steps: Steps in the order of their execution.
    """

    trace: str
    asked_at: float
    steps: tuple[Step, ...] = ()
