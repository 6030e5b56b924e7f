"""One value read for the record, with its evidence; and the input of the record's readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.articles import Evidence
from schemas.blocks import Clue
from workers.extract.grammar.lines import Line


@dataclass(frozen=True, slots=True)
class Fact:
    """One reading of one field.

    Attributes:
        field: Name of the field of ``Article``.
        value: In the field's normal form.
        text: The words it was read from.
        origin: As in ``Evidence``.
        confidence: 0 to 1; the highest of several readings wins, the earlier of equals.
        reasons: Names of its evidence, the strongest first; empty if a single rule read it.
    """

    field: str
    value: str
    text: str
    origin: str
    confidence: float
    reasons: tuple[str, ...] = ()

    @property
    def evidence(self) -> Evidence:
        """Return the fact as ``Evidence`` of the record."""
        return Evidence(self.field, self.text[:200], self.origin, self.confidence, self.reasons)


@dataclass(frozen=True, slots=True)
class FactSource:
    """The sources of an article's record.

    Attributes:
        head: Lines from the top down to the title and what belongs to it (labels, number, dates of a law).
        body: The lines below.
        clues: Labelled values outside the running text.
        title: As far as it is known.
        page: Lines of the page before its first article.
        title_lines: The lines that spell it.
        first: Whether it is the document's first article; page-wide values other than dates belong to that one.
    """

    head: Sequence[Line]
    body: Sequence[Line]
    clues: Sequence[Clue]
    title: str | None
    page: Sequence[Line] = ()
    title_lines: Sequence[Line] = ()
    first: bool = True


def best(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Return the surest fact of each field, the earlier of equals."""
    chosen: dict[str, Fact] = {}
    for fact in facts:
        if fact.field not in chosen or fact.confidence > chosen[fact.field].confidence:
            chosen[fact.field] = fact
    return chosen
