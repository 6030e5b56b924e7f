"""Letters of answer counted by unit, year and result, and listed with the section that gives the result."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.office.catalogue import UNSTATED
from schemas.office.facts import SHOWN, FactField, FactFilter, list_values
from schemas.office.letters import NO_RESULT, Letter
from search.office.catalogue.entries import entry_of
from search.office.letters.reader import load_results, read_letter
from search.office.tables import Cell, Table
from search.protocol import Index

NUMBERS = (*range(1, 8), NO_RESULT)
NO_RESULT_NAME = "不属七项"
LETTER_HEAD = ("答复书", "发文机关", "成文日期", "收到申请", "结果", "原文", "键")


@dataclass(frozen=True, slots=True)
class LetterSelection:
    """Which letters; what is empty or None selects all.

    Attributes:
        unit: Exact 发文机关, or ``UNSTATED``.
        year: Of the letter's date, or ``UNSTATED``.
        result: Number of a result, or ``NO_RESULT``.
    """

    unit: str = ""
    year: str = ""
    result: int | None = None

    def where(self) -> FactFilter:
        """Return the facts that are selected."""
        results = NUMBERS if self.result is None else (self.result,)
        wanted = {FactField.UNIT: self.unit, FactField.YEAR: self.year}
        selected = {name: (value,) for name, value in wanted.items() if value}
        return {FactField.STATE: (SHOWN,), FactField.RESULTS: tuple(map(str, results)), **selected}


@dataclass(frozen=True, slots=True)
class LetterCount:
    """The letters of one unit in one year; one with two results counts in both, and once in ``letters``."""

    unit: str
    year: str
    letters: int
    results: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A letter, with the document and article it is."""

    document: str
    document_id: str
    article: int
    title: str
    unit: str
    signed_on: str
    letter: Letter


def count_letters(index: Index, selection: LetterSelection) -> list[LetterCount]:
    """Return the counts by unit and year, each unit's newest year first."""
    letters: Counter[tuple[str, str]] = Counter()
    results: dict[tuple[str, str], Counter[int]] = {}
    for group in index.count_facts((FactField.UNIT, FactField.YEAR, FactField.RESULTS), selection.where()):
        unit, year, listed = group.values
        letters[unit, year] += group.count
        for number in map(int, list_values(listed)):
            results.setdefault((unit, year), Counter())[number] += group.count
    newest = sorted(letters, key=lambda place: place[1], reverse=True)
    order = sorted(newest, key=lambda place: (place[0] == UNSTATED, place[0]))
    return [LetterCount(*place, letters[place], dict(results[place])) for place in order]


def find_letters(index: Index, selection: LetterSelection) -> Iterator[ListedLetter]:
    """Yield the selected letters by key, each read from its sections."""
    for record in index.records_with(selection.where()):
        rows = index.sections(record.id)
        for article in record.articles:
            letter = read_letter(article.title, [row for row in rows if row.article == article.ordinal])
            entry = entry_of(record, article)
            if letter is None or selection.unit not in ("", entry.issuer) or selection.year not in ("", entry.year):
                continue
            if selection.result is None or selection.result in letter.results:
                signed = entry.signed_on or entry.published_on or ""
                yield ListedLetter(record.key, record.id, article.ordinal, entry.title, entry.issuer, signed, letter)


def result_names(numbers: Sequence[int]) -> str:
    """Return results by mark and short name: ``（四）信息不存在``."""
    names = {one.number: f"{one.mark}{one.short}" for one in load_results()}
    return "、".join(names.get(number, NO_RESULT_NAME) for number in numbers)


def count_table(rows: Sequence[LetterCount]) -> Table:
    """Return counts as a table, a row for each unit and year."""
    head = ("发文机关", "年份", *(f"{one.mark}{one.text}" for one in load_results()), NO_RESULT_NAME, "答复书")
    return Table("依申请公开答复", head, [_counts(one) for one in rows])


def letter_table(letters: Iterator[ListedLetter]) -> Table:
    """Return letters as a table, a row for each."""
    return Table("依申请公开答复书", LETTER_HEAD, map(_row, letters))


def _counts(one: LetterCount) -> tuple[Cell, ...]:
    return one.unit, one.year, *(one.results.get(number, 0) for number in NUMBERS), one.letters


def _row(one: ListedLetter) -> tuple[Cell, ...]:
    letter = one.letter
    names = result_names(letter.results)
    return one.title, one.unit, one.signed_on, letter.received_on, names, letter.evidence, one.document
