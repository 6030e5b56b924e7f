"""What goes from stage to stage: the work on one object, what was made of it, and which stage follows."""

from dataclasses import dataclass, field, replace
from typing import Any

from schemas.errors import ObjectChangedError
from schemas.jobs import Job, Observation, Progress
from workers.leases.protocol import LeaseStart
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.context import Context
from workers.pipeline.versions import ArtefactKind


@dataclass(frozen=True, slots=True)
class WorkItem:
    """The work on one object: what a message carries, and the lease it is done under."""

    job: Job
    seen: Observation = field(default_factory=Observation)
    progress: Progress = field(default_factory=Progress)
    lease: LeaseStart = field(default_factory=LeaseStart)

    @property
    def key(self) -> str:
        """Of the object."""
        return self.job.key

    def replace_job(self, **changes: Any) -> "WorkItem":
        """Return the item with these fields of its job."""
        return replace(self, job=replace(self.job, **changes))

    def replace_seen(self, **changes: Any) -> "WorkItem":
        """Return the item with these fields of what was seen."""
        return replace(self, seen=replace(self.seen, **changes))

    def replace_progress(self, **changes: Any) -> "WorkItem":
        """Return the item with these fields of its progress."""
        return replace(self, progress=replace(self.progress, **changes))


@dataclass(frozen=True, slots=True)
class Step:
    """What a stage is given, and what it leaves.

    Attributes:
        item: The work as it now is.
        follows: The stage that follows, a key of ``stages.STAGES``; None at the end.
        artefact: What the last stage made, where it ran in this process; else it is loaded.
        made: What stages made in this process and ``store_outputs`` has not stored yet.
        settled: What it stored just now.
        also: Keys to be looked at beside it: children of a container.
    """

    item: WorkItem
    follows: str | None
    artefact: Any = None
    made: tuple[StageOutput, ...] = ()
    settled: tuple[StageOutput, ...] = ()
    also: tuple[str, ...] = ()


def artefact_before(step: Step, kind: ArtefactKind, context: Context) -> Any:
    """Return what the stage before made of this step's content: at hand, else as it was stored.

    Raises:
        ObjectChangedError: It is not there any more; the work starts again from the bucket.
        DependencyError: The store does not answer.
    """
    if step.artefact is not None:
        return step.artefact
    found = context.artefacts.get(step.item.seen.content, kind.stage, kind.version, kind.holds)
    if found is None:
        raise ObjectChangedError(
            f"the {kind.stage} artefact of {step.item.key} is gone; it is made again from the inbox"
        )
    return found
