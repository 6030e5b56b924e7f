"""What one Celery message carries: which object, and what the stages so far found out about it."""

from dataclasses import dataclass, field

from schemas.families import Family
from schemas.journeys import Journey, Step
from schemas.outcomes import Problem


@dataclass(frozen=True, slots=True)
class Job:
    """The way of one object through the stages.

    Attributes:
        key: Of the object in the inbox.
        trace: Identifier that follows the work from event to index, in every log line.
        sent_at: When the work was asked for, seconds since 1970.
        new: True where nothing was recorded of the object when it was sent, and nothing can have been since.
        etag: Of the version the stages read; empty before it was read, and for an object that is gone.
        size: In bytes.
        modified_at: When the object was written, seconds since 1970.
        looked_at: When the object was seen to be this version, seconds since 1970.
        content: Identifier of the content its artefacts lie under; empty before it was read.
        failure: Set where a stage failed for good; the index stage records it.
        gone: True where the object was found removed; the index stage removes its sections.
        parent: Key of the container a child lies in; None for an object of the inbox.
        family: Its children, where it is a container.
        had_children: Whether it was a container when it was last recorded.
        first_at: ``DocumentRecord.first_at`` of this version, where it was recorded before; else 0.
        again: True where the document is to be normalised again, though nothing of it has changed.
        scan: True where it was found to be a scan and waited its turn: its pages may be recognised.
        deaths: As in ``workers.leases.protocol.LeaseStart``, where that is too many: it is recorded as ``crash``.
        seconds: Work time so far.
        cpu: CPU seconds by stage, sandbox children included.
        attempt: As in ``workers.leases.protocol.LeaseStart``, of the stage at hand.
        steps: What was done so far.
    """

    key: str
    trace: str
    sent_at: float
    new: bool = False
    etag: str = ""
    size: int = 0
    modified_at: float = 0.0
    looked_at: float = 0.0
    content: str = ""
    failure: Problem | None = None
    gone: bool = False
    parent: str | None = None
    family: Family | None = None
    had_children: bool = False
    first_at: float = 0.0
    again: bool = False
    scan: bool = False
    deaths: int = 0
    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    attempt: int = 1
    steps: tuple[Step, ...] = ()

    @property
    def journey(self) -> Journey:
        """The way so far; it began with the request where one is known, else when the work was asked for."""
        return Journey(self.trace, min([self.sent_at, *(step.started_at for step in self.steps[:1])]), self.steps)
