"""Clean text from a converted document: one small file per repair, and here the order in which they run.

A repair is a function from ``Draft`` to ``Draft``. It takes away only what it is certain of, records what it took, and
marks what the source lost; it never guesses. Titles, sections and dates are the extract stage's business, also the
title that stands twice.
"""

from collections.abc import Callable

from schemas.blocks import Converted
from schemas.cleaned import Normalized
from workers.normalize.closing import close_draft
from workers.normalize.draft import Draft
from workers.normalize.opening import open_draft, remove_by_role

VERSION = 1

Step = Callable[[Draft], Draft]

STEPS: tuple[Step, ...] = (remove_by_role,)


def normalize(converted: Converted) -> Normalized:
    """Return the clean text of a document and the record of what was taken away or found damaged."""
    draft = open_draft(converted)
    for step in STEPS:
        draft = step(draft)
    return close_draft(draft)
