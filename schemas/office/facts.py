"""What the office counts: one fact for each article of a shown document, and one for each held document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum


class FactField(StrEnum):
    """A field of ``Fact`` to count by, or to select by."""

    STATE = "state"
    UNIT = "unit"
    YEAR = "year"
    DATED = "dated"
    MONTH = "month"
    SIGNED_ON = "signed_on"
    PUBLISHED_ON = "published_on"
    CLASSES = "classes"
    LACKS = "lacks"
    RESULTS = "results"
    RECEIVED_ON = "received_on"
    CLOCK = "clock"
    FOLDER = "folder"
    LISTED = "listed"


LISTS = (FactField.CLASSES, FactField.LACKS, FactField.RESULTS, FactField.LISTED)
"""Fields that hold several values: counted by the whole list, selected by one of its values."""

SHOWN, HELD = "shown", "held"
GUIDE, CATALOGUE, NEGATIVE = "guide", "catalogue", "negative"

FactFilter = Mapping[FactField, Sequence[str]]
"""For each field the values it may have, for a field of ``LISTS`` one of which it has to hold."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One article of a shown document, or a held document; a text is empty if nothing is known.

    Attributes:
        article: Ordinal of the article; 0 for a held document.
        state: ``SHOWN`` or ``HELD``.
        unit: 发文机关, or ``schemas.office.catalogue.UNSTATED``, which that of a held document always is.
        year: Of 成文日期, else of 发布日期, or ``UNSTATED``.
        dated: Month of the same date, ``2025-03``.
        month: Month of 发布日期; of a held document, the month its object was written (China time).
        signed_on: 成文日期.
        published_on: 发布日期.
        classes: Numbers of its classes of 条例第二十条, ``7 11``; ``0`` if it is in none.
        lacks: The fields of its record that are not known, ``document_number index_number``.
        results: Of a letter of answer: numbers of its results by 第三十六条, ``0`` if it is none of them; else empty.
        received_on: Of a letter of answer: when the application was received, by its own words.
        clock: Of a letter of answer: how the period of its answer runs (``schemas.office.letters.Clock``).
        folder: First part of the object's key.
        listed: What its title says it is: a ``GUIDE`` or a ``CATALOGUE`` of disclosure, or on the ``NEGATIVE`` list.
        kind: 文种.
        title: Its title, of at most ``MAX_TITLE`` characters.
        plain: The title in simplified characters without space and punctuation.
    """

    article: int
    state: str
    unit: str
    year: str = ""
    dated: str = ""
    month: str = ""
    signed_on: str = ""
    published_on: str = ""
    classes: str = ""
    lacks: str = ""
    results: str = ""
    received_on: str = ""
    clock: str = ""
    folder: str = ""
    listed: str = ""
    kind: str = ""
    title: str = ""
    plain: str = ""


FACT_NAMES = tuple(one.name for one in fields(Fact))
"""The fields of ``Fact`` in their order."""

MAX_TITLE = 1000


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact with the document it is of."""

    key: str
    document_id: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class FactCount:
    """How many facts have these values, in the order of the fields asked for."""

    values: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class NewestFact:
    """The newest document of a unit among those with the same classes.

    Attributes:
        unit: As in ``Fact``.
        classes: As in ``Fact``.
        dated: Its last date that is not after the day asked for; empty if it has none.
        document_id: Its document.
        article: Its article.
    """

    unit: str
    classes: str
    dated: str
    document_id: str
    article: int


def holds(fact: Fact, where: FactFilter) -> bool:
    """Return whether a fact is in a selection."""
    return all(_has(str(getattr(fact, name)), name, values) for name, values in where.items())


def _has(value: str, name: FactField, wanted: Sequence[str]) -> bool:
    return any(one in value.split() for one in wanted) if name in LISTS else value in wanted


def list_values(text: str) -> tuple[str, ...]:
    """Return the values of a field of ``LISTS``."""
    return tuple(text.split())


def fact_place(document_id: str, article: int, date: str = "") -> str:
    """Return a sort key of a fact, which ``read_place`` reads: later dates are greater."""
    return f"{date} {document_id} {article}"


def read_place(unit: str, classes: str, places: Sequence[str]) -> NewestFact:
    """Return the greatest of the keys ``places`` as the newest fact of its group."""
    date, document_id, article = max(places).split(" ")
    return NewestFact(unit, classes, date, document_id, int(article))
