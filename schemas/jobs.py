"""The contents of a Celery message: the job, the observation of its object, and the progress of the work.

A message is one object with the members of all three (``workers.tasks.payload``).
"""

from dataclasses import dataclass, field

from schemas.families import Family
from schemas.journeys import Journey, Step
from schemas.outcomes import Problem


@dataclass(frozen=True, slots=True)
class Job:
    """A request to process an object.

    Attributes:
        key: Key of the object in the inbox.
        trace: Identifier that follows the work from event to index, in every log line.
        sent_at: When the work was requested, seconds since 1970.
        new: True if the object had no record when the job was sent, and none can have been added since.
        steps: Steps done so far.
    """

    key: str
    trace: str
    sent_at: float
    new: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def journey(self) -> Journey:
        """The journey so far; it starts with the upload request if there is one, else when the job was sent."""
        return Journey(self.trace, min([self.sent_at, *(step.started_at for step in self.steps[:1])]), self.steps)


@dataclass(frozen=True, slots=True)
class Observation:
    """The object as the first stage found it, and its record at that time.

    Attributes:
        etag: ETag of the version that the stages read; empty before it is read, and for an object that is gone.
        size: Size in bytes.
        modified_at: When the object was written, seconds since 1970.
        looked_at: When the object was found to be this version, seconds since 1970.
        content: Identifier of the content, under which its artefacts are stored; empty before it is read.
        parent: Key of the container of a child; None for an object of the inbox.
        had_children: Whether its last record was that of a container.
        first_at: ``DocumentRecord.first_at`` of this version, if it was recorded before; else 0.
        again: True if the document must be normalised again although it has not changed.
        gone: True if the object was removed; the index stage then removes its sections.
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
    """Results of the earlier stages that the index stage records, beside their artefact.

    Attributes:
        failure: Set if a stage failed permanently.
        family: The children, if the object is a container.
        seconds: Work time so far.
        cpu: CPU seconds by stage, sandbox children included.
    """

    failure: Problem | None = None
    family: Family | None = None
    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
