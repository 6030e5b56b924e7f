"""What one Celery message carries: what is asked for, what the object was seen to be, how far the work has come.

A message is the three of them side by side in one object (``workers.tasks.payload``).
"""

from dataclasses import dataclass, field

from schemas.families import Family
from schemas.journeys import Journey, Step
from schemas.outcomes import Problem


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: an object to be looked at.

    Attributes:
        key: Of the object in the inbox.
        trace: Identifier that follows the work from event to index, in every log line.
        sent_at: When the work was asked for, seconds since 1970.
        new: True where nothing was recorded of the object when it was sent, and nothing can have been since.
        steps: What was done so far.
    """

    key: str
    trace: str
    sent_at: float
    new: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def journey(self) -> Journey:
        """The way so far; it began with the request where one is known, else when the work was asked for."""
        return Journey(self.trace, min([self.sent_at, *(step.started_at for step in self.steps[:1])]), self.steps)


@dataclass(frozen=True, slots=True)
class Observation:
    """The object as the first stage saw it, and what was recorded of it then.

    Attributes:
        etag: Of the version the stages read; empty before it was read, and for an object that is gone.
        size: In bytes.
        modified_at: When the object was written, seconds since 1970.
        looked_at: When the object was seen to be this version, seconds since 1970.
        content: Identifier of the content its artefacts lie under; empty before it was read.
        parent: Key of the container a child lies in; None for an object of the inbox.
        had_children: Whether it was a container when it was last recorded.
        first_at: ``DocumentRecord.first_at`` of this version, where it was recorded before; else 0.
        again: True where the document is to be normalised again, though nothing of it has changed.
        gone: True where the object was found removed; the index stage removes its sections.
    """

    etag: str = ""
    size: int = 0
    modified_at: float = 0.0
    looked_at: float = 0.0
    content: str = ""
    parent: str | None = None
    had_children: bool = False
    first_at: float = 0.0
    again: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What the index stage records of the stages before it, beside their artefact.

    Attributes:
        failure: Set where a stage failed for good.
        family: The children, where the object is a container.
        seconds: Work time so far.
        cpu: CPU seconds by stage, sandbox children included.
    """

    failure: Problem | None = None
    family: Family | None = None
    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
