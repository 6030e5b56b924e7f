"""Counts a month by unit from the facts of the index, and scores it by the office's rules; reads no record."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schemas.office.assessment import Assessment, AssessmentRules, Counted, UnitScore
from schemas.office.catalogue import UNSTATED
from schemas.office.deadlines import DeadlineState
from schemas.office.facts import HELD, SHOWN, FactField, FactFilter, list_values
from schemas.office.letters import Clock
from search.office.deadlines import rules as deadline_rules
from search.office.deadlines.calendar import UnknownYearError, WorkCalendar
from search.office.deadlines.publication import PublicationStates
from search.protocol import Index

LETTERS = tuple(map(str, range(8)))
"""Every value of the results of a letter."""

Counts = dict[str, Counter[Counted]]


@dataclass(frozen=True)
class Month:
    """What the assessment of a month works with.

    Attributes:
        index: Holds the documents.
        month: ``2026-10``.
        rules: The office's.
        calendar: Working days.
        today: The day the question is asked.
        unmarked: 发文机关 of each document that was repealed and does not say so, by document and article.
    """

    index: Index
    month: str
    rules: AssessmentRules
    calendar: WorkCalendar
    today: date
    unmarked: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def published(self) -> FactFilter:
        """The documents published in the month."""
        return {FactField.STATE: (SHOWN,), FactField.MONTH: (self.month,)}

    @property
    def held(self) -> FactFilter:
        """The documents written in the month that are held."""
        return {FactField.STATE: (HELD,), FactField.MONTH: (self.month,)}

    @property
    def letters(self) -> FactFilter:
        """The letters of answer of the month."""
        return {FactField.STATE: (SHOWN,), FactField.DATED: (self.month,), FactField.RESULTS: LETTERS}

    @cached_property
    def states(self) -> PublicationStates:
        """How pairs of dates stand today."""
        return PublicationStates(self.calendar, self.today)

    def unit_of(self, issuer: str) -> str | None:
        """Return the unit of a 发文机关; None if the office's list has it in none."""
        return self._issuers.get(issuer) if self.rules.units else issuer

    def unit_of_folder(self, folder: str) -> str:
        """Return the unit of a held document; ``UNSTATED`` where its folder bears no unit's name."""
        if self.rules.units:
            return self._folders.get(folder, UNSTATED)
        return folder if folder in self._known else UNSTATED

    @cached_property
    def _issuers(self) -> dict[str, str]:
        return {issuer: unit.name for unit in self.rules.units for issuer in unit.issuers}

    @cached_property
    def _folders(self) -> dict[str, str]:
        return {folder: unit.name for unit in self.rules.units for folder in unit.folders}

    @cached_property
    def _known(self) -> frozenset[str]:
        """The 发文机关 of all shown documents."""
        return frozenset(
            one.values[0] for one in self.index.count_facts((FactField.UNIT,), {FactField.STATE: (SHOWN,)})
        )


def assess_month(month: Month) -> Assessment:
    """Return the counts and points of each unit."""
    counts: Counts = {one.name: Counter() for one in month.rules.units}
    unlisted = 0
    for issuer, counted, documents in (*_published(month), *_answered(month), *_unmarked(month)):
        unit = month.unit_of(issuer)
        if unit is not None:
            counts.setdefault(unit, Counter())[counted] += documents
        elif counted is Counted.PUBLISHED:
            unlisted += documents
    for group in month.index.count_facts((FactField.FOLDER,), month.held):
        counts.setdefault(month.unit_of_folder(group.values[0]), Counter())[Counted.HELD] += group.count
    return Assessment(month.month, month.rules, _ranked(counts, month.rules), unlisted)


def publication_counts(month: Month, signed_on: str, published_on: str, lacks: str) -> Iterator[Counted]:
    """Yield what a document published in the month counts as."""
    yield Counted.PUBLISHED
    state = month.states.find(signed_on, published_on)
    if state in (DeadlineState.KEPT, DeadlineState.LATE):
        yield Counted.LATE if state is DeadlineState.LATE else Counted.ON_TIME
    yield Counted.INCOMPLETE if missing_fields(month.rules, lacks) else Counted.COMPLETE


def missing_fields(rules: AssessmentRules, lacks: str) -> list[str]:
    """Return the fields a complete record has and this one lacks."""
    return [name for name in list_values(lacks) if name in rules.fields]


def letter_due(calendar: WorkCalendar, received_on: str, clock: str) -> date | None:
    """Return the last day for an answer; None if the letter does not tell, or the calendar does not know."""
    if not received_on or clock == Clock.STOPPED:
        return None
    days = deadline_rules.DAYS[deadline_rules.ANSWER.code]
    try:
        extra = deadline_rules.EXTENSION if clock == Clock.EXTENDED else 0
        return calendar.add_workdays(date.fromisoformat(received_on), days + extra)
    except UnknownYearError:
        return None


def is_late(due: date | None, answered_on: str) -> bool:
    """Return whether an answer came after its last day."""
    return due is not None and len(answered_on) == len("2026-10-01") and answered_on > due.isoformat()


Found = Iterator[tuple[str, Counted, int]]
"""发文机关, what its documents count as, and how many they are."""


def _published(month: Month) -> Found:
    by = (FactField.UNIT, FactField.SIGNED_ON, FactField.PUBLISHED_ON, FactField.LACKS)
    for group in month.index.count_facts(by, month.published):
        unit, signed, published, lacks = group.values
        for counted in publication_counts(month, signed, published, lacks):
            yield unit, counted, group.count


def _answered(month: Month) -> Found:
    by = (FactField.UNIT, FactField.RECEIVED_ON, FactField.SIGNED_ON, FactField.CLOCK)
    for group in month.index.count_facts(by, month.letters):
        unit, received, signed, clock = group.values
        yield unit, Counted.ANSWERED, group.count
        if is_late(letter_due(month.calendar, received, clock), signed):
            yield unit, Counted.ANSWERED_LATE, group.count


def _unmarked(month: Month) -> Found:
    for issuer, documents in Counter(month.unmarked.values()).items():
        yield issuer, Counted.UNMARKED, documents


def _ranked(counts: Counts, rules: AssessmentRules) -> tuple[UnitScore, ...]:
    scores = [_score(unit, counted, rules) for unit, counted in counts.items()]
    order = sorted(scores, key=lambda one: (one.unit == UNSTATED, -one.total, one.unit))
    totals = [one.total for one in order if one.unit != UNSTATED]
    return tuple(UnitScore(one.unit, one.counts, one.points, one.total, _rank(totals, one)) for one in order)


def _rank(totals: Sequence[float], score: UnitScore) -> int | None:
    return None if score.unit == UNSTATED else totals.index(score.total) + 1


def _score(unit: str, counts: Mapping[Counted, int], rules: AssessmentRules) -> UnitScore:
    points = tuple(
        _bounded(item.points * counts.get(item.counts, 0), item.most and -item.most, item.most) for item in rules.items
    )
    total = _bounded(rules.start + sum(points), rules.least, rules.highest)
    return UnitScore(unit, dict(counts), points, total, None)


def _bounded(value: float, least: float | None, most: float | None) -> float:
    value = value if least is None else max(value, least)
    return round(value if most is None else min(value, most), 2)
