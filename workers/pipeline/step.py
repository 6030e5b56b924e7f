"""What travels from stage to stage: the work on one object, its outputs so far, and the next stage."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from schemas.errors import ObjectChangedError
from schemas.jobs import Job, Observation, Progress
from workers.leases.protocol import LeaseStart
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.versions import ArtefactKind

if TYPE_CHECKING:  # processes that only write messages need no store
    from workers.pipeline.context import Context


@dataclass(frozen=True, slots=True)
class WorkItem:
    """The work on one object: what a message carries, and the lease it is done under."""

    job: Job
    seen: Observation = field(default_factory=Observation)
    progress: Progress = field(default_factory=Progress)
    lease: LeaseStart = field(default_factory=LeaseStart)

    @property
    def key(self) -> str:
        """Key of the object."""
        return self.job.key

    def replace_job(self, **changes: Any) -> "WorkItem":
        """Return the item with these fields of its job replaced."""
        return replace(self, job=replace(self.job, **changes))

    def replace_seen(self, **changes: Any) -> "WorkItem":
        """Return the item with these fields of ``seen`` replaced."""
        return replace(self, seen=replace(self.seen, **changes))

    def replace_progress(self, **changes: Any) -> "WorkItem":
        """Return the item with these fields of its progress replaced."""
        return replace(self, progress=replace(self.progress, **changes))


@dataclass(frozen=True, slots=True)
class Step:
    """Input and result of a stage.

    Attributes:
        item: The work in its current state.
        follows: The next stage, a key of ``stages.STAGES``; None at the end.
        artefact: The last stage's output if it ran in this process; otherwise it is loaded.
        made: Outputs of this process that ``store_outputs`` has not stored yet.
        settled: Outputs it stored just now.
        also: Further keys to be looked at: children of a container.
    """

    item: WorkItem
    follows: str | None
    artefact: Any = None
    made: tuple[StageOutput, ...] = ()
    settled: tuple[StageOutput, ...] = ()
    also: tuple[str, ...] = ()


def artefact_before(step: Step, kind: ArtefactKind, context: "Context") -> Any:
    """Return the previous stage's output for this step's content, from memory or else from the store.

    Raises:
        ObjectChangedError: It is no longer stored; the work starts again from the bucket.
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
