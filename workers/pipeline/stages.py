"""The table of stages: the one screen to read first.

A stage is a plain function from one ``Step`` to the next. Its output is stored under (content, stage, version): a
redelivered task finds it and moves on, identical files are converted once, and raising a stage's version reprocesses
exactly what it affects. ``runner`` runs a row and knows no stage by name; ``workers.tasks`` owns the queues.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workers import extract, normalize
from workers.pipeline import convert_stage, index_stage
from workers.pipeline.artefacts import StageOutput
from workers.pipeline.context import Context
from workers.pipeline.stage_names import CONVERT, EXTRACT, INDEX, NORMALIZE, SCAN
from workers.pipeline.step import Step, artefact_before
from workers.pipeline.versions import CONVERTED, EXTRACTED, NORMALIZED, ArtefactKind

StageFunction = Callable[[Step, Context], Step]


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of the table.

    Attributes:
        recorded_as: The stage under which its failures, times and versions are recorded.
        run: Its work; repeated after a transient error.
        look: For a stage that begins at the object, the step before ``run``: what it saw is recorded with the outcome
            of ``run``, and ``run`` is skipped if the step it returns names another stage.
        waits_apart: Whether objects wait for it in tenant queues of their own, so that its messages name no object.
    """

    recorded_as: str
    run: StageFunction
    look: StageFunction | None = None
    waits_apart: bool = False


def normalize_text(step: Step, context: Context) -> Step:
    """Clean the converted text."""

    def make() -> Any:
        converted = artefact_before(step, CONVERTED, context)
        known = {"furniture": context.furniture.list_confirmed(step.item.key)} if context.furniture else {}
        return normalize.normalize(converted, **known)

    return _derive(step, NORMALIZED, make, EXTRACT, context)


def extract_articles(step: Step, context: Context) -> Step:
    """Find the articles in the cleaned text."""
    return _derive(step, EXTRACTED, lambda: extract.extract(artefact_before(step, NORMALIZED, context)), INDEX, context)


def _derive(step: Step, kind: ArtefactKind, make: Callable[[], Any], follows: str, context: Context) -> Step:
    # A fresh input has no stored output yet, and a document marked for reprocessing must not use the old one.
    seen, found = step.item.seen, None
    if not step.made and not seen.again:
        found = context.artefacts.get(seen.content, kind.stage, kind.version, kind.holds)
    if found is not None:
        return Step(step.item, follows, found)
    artefact = make()
    return Step(step.item, follows, artefact, (*step.made, StageOutput(kind.stage, kind.version, artefact)))


STAGES: dict[str, Stage] = {
    CONVERT: Stage(CONVERT, convert_stage.convert, look=convert_stage.look_at_object),
    SCAN: Stage(CONVERT, convert_stage.recognise, look=convert_stage.look_at_object, waits_apart=True),
    NORMALIZE: Stage(NORMALIZE, normalize_text),
    EXTRACT: Stage(EXTRACT, extract_articles),
    INDEX: Stage(INDEX, index_stage.index),
}
