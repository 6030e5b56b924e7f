"""The table of stages: the one screen to read first.

A stage is a plain function from one step to the next: what came to it, and what it leaves. What it made is stored under
(content, stage, version), so that a redelivered task finds it and moves on, identical files are converted once, and
raising a stage's version reprocesses exactly what it affects. ``runner`` runs a row and knows none by name; the queues
between them are the business of ``workers.tasks``.
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
        recorded_as: The stage that its failures, times and versions are recorded under.
        run: What it does. A passing error has it done again.
        look: What comes before that, where it is a stage that begins at the object: what was seen is recorded with
            whatever ``run`` ends in, and where another stage follows than this one, there is nothing to run.
        waits_apart: Whether objects wait for it in tenant queues of their own, so that its messages name none.
    """

    recorded_as: str
    run: StageFunction
    look: StageFunction | None = None
    waits_apart: bool = False


def normalize_text(step: Step, context: Context) -> Step:
    """Clean what was converted."""

    def make() -> Any:
        converted = artefact_before(step, CONVERTED, context)
        known = {"furniture": context.furniture.list_confirmed(step.item.key)} if context.furniture else {}
        return normalize.normalize(converted, **known)

    return _derive(step, NORMALIZED, make, EXTRACT, context)


def extract_articles(step: Step, context: Context) -> Step:
    """Find the articles of what was cleaned."""
    return _derive(step, EXTRACTED, lambda: extract.extract(artefact_before(step, NORMALIZED, context)), INDEX, context)


def _derive(step: Step, kind: ArtefactKind, make: Callable[[], Any], follows: str, context: Context) -> Step:
    # What was made just now cannot have been worked on before; nor, as it is now to be, what is to be made again.
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
