"""The monthly assessment (考核通报): what is counted, how the office scores it, and the scores of the units."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Counted(StrEnum):
    """What is counted of a unit in a month."""

    PUBLISHED = "published"
    ON_TIME = "on_time"
    LATE = "late"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    HELD = "held"
    UNMARKED = "unmarked"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"


COUNTED_NAMES = {
    Counted.PUBLISHED: "公开文件",
    Counted.ON_TIME: "按时公开",
    Counted.LATE: "逾期公开",
    Counted.COMPLETE: "著录完整",
    Counted.INCOMPLETE: "著录不全",
    Counted.HELD: "暂存待审",
    Counted.UNMARKED: "废止未标明",
    Counted.ANSWERED: "答复申请",
    Counted.ANSWERED_LATE: "逾期答复",
}


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One line of the office's rules.

    Attributes:
        counts: What is counted.
        name: How the notice calls it.
        points: Points for each document, negative to take off.
        most: Most points the item gives or takes off; None for no bound.
    """

    counts: Counted
    name: str
    points: float
    most: float | None = None


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """A unit of the office's list: the 发文机关 whose documents are its own, and the folders it uploads to."""

    name: str
    issuers: tuple[str, ...]
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentRules:
    """The rules file of an office.

    Attributes:
        title: Of the notice; ``{month}`` stands for 2026年10月.
        start: Points each unit starts with.
        least: No total is below it.
        highest: No total is above it; None for no bound.
        fields: Fields a complete record has, of ``search.office.facts.RECORD_FIELDS``.
        items: What is scored.
        units: Who is assessed; empty for every 发文机关.
    """

    title: str
    start: float
    least: float
    highest: float | None
    fields: tuple[str, ...]
    items: tuple[ScoredItem, ...]
    units: tuple[AssessedUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit in a month.

    Attributes:
        unit: Its name.
        counts: Number of documents of each kind; one without any is absent.
        points: Points of each scored item, in the order of the rules.
        total: The sum with the start, within the bounds.
        rank: 1 for the most points; equal totals share one. None for what bears no unit's name.
    """

    unit: str
    counts: Mapping[Counted, int]
    points: tuple[float, ...]
    total: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of a month.

    Attributes:
        month: ``2026-10``.
        rules: By which it was scored.
        scores: By rank, then by name; what bears no unit's name is last.
        unlisted: Documents of 发文机关 that are in no unit of the list.
    """

    month: str
    rules: AssessmentRules
    scores: tuple[UnitScore, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class CountedDocument:
    """A document behind a figure.

    Attributes:
        unit: Whose it is.
        document: Key of the object; of a held one its identifier.
        document_id: In the index.
        title: Its title; a held one has none to show.
        signed_on: 成文日期, empty if not known.
        published_on: 发布日期, empty if not known.
        note: Why it is counted, with the values it rests on.
    """

    unit: str
    document: str
    document_id: str
    title: str
    signed_on: str
    published_on: str
    note: str
