"""Two versions as a table; what one has and the other has not stands in 〔 〕."""

from collections.abc import Iterable

from schemas.office.comparison import DIFFERENCES, Marks, Provision, ProvisionPair
from search.office.tables import Table

HEAD = ("变化", "原条", "原文", "新条", "新文")


def comparison_table(pairs: Iterable[ProvisionPair]) -> Table:
    """Return the pairs, a row for each."""
    return Table("版本对照", HEAD, (_row(one) for one in pairs))


def split_marks(text: str, marks: Marks) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is marked."""
    pieces, end = [], 0
    for start, stop in marks:
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _row(one: ProvisionPair) -> tuple[str, ...]:
    return DIFFERENCES[one.difference], *_side(one.old, one.old_marks), *_side(one.new, one.new_marks)


def _side(one: Provision | None, marks: Marks) -> tuple[str, str]:
    if one is None:
        return "", ""
    text = "".join(f"〔{piece}〕" if marked else piece for piece, marked in split_marks(one.text, marks))
    return one.number, text
