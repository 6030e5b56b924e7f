"""Two versions of a document side by side, by their articles (条)."""

from dataclasses import dataclass
from enum import StrEnum

Marks = tuple[tuple[int, int], ...]


class Difference(StrEnum):
    """What became of a provision from the older to the newer version."""

    SAME = "same"
    RENUMBERED = "renumbered"  # same words, another number
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


DIFFERENCES = {
    Difference.SAME: "相同",
    Difference.RENUMBERED: "条号变动",
    Difference.CHANGED: "修改",
    Difference.REMOVED: "删去",
    Difference.ADDED: "增加",
}


@dataclass(frozen=True, slots=True)
class Provision:
    """An article (条), a heading of a chapter, or another part that is compared as one.

    Attributes:
        number: As written: ``第三条``; ``题头`` for what stands before the first.
        text: All its words without the number, its paragraphs and items on lines of their own.
        ordinal: Ordinal of its first section row.
    """

    number: str
    text: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class ProvisionPair:
    """A provision of the older version and the one of the newer that took its place.

    Attributes:
        old: None if it was added.
        new: None if it was removed.
        old_marks: Half-open character ranges of the words of ``old.text`` that ``new`` does not have, ascending.
        new_marks: Those of ``new.text`` that ``old`` does not have.
    """

    difference: Difference
    old: Provision | None
    new: Provision | None
    old_marks: Marks = ()
    new_marks: Marks = ()
