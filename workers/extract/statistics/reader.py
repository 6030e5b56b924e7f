"""Numbers of disclosure work in an article: those its sentences state and those in its tables, in order of place.

One reader per way in which a report gives numbers; this module combines their results and checks them.
"""

from collections.abc import Sequence
from itertools import islice

from schemas.articles import Statistic
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.extract.grammar.lines import Line
from workers.extract.statistics.absences import read_absences
from workers.extract.statistics.checks import check_statistics
from workers.extract.statistics.flattened_tables import read_flattened, read_flattened_issued
from workers.extract.statistics.narrative import read_narrative
from workers.extract.statistics.sums import check_parts
from workers.extract.statistics.table_rows import read_rows
from workers.extract.statistics.vocabulary import reports_work, sets_rules, tells_of_work, year_of
from workers.runtime.lazy_regex import lazy_compile

MAX_STATISTICS = 5000
_PERIOD = lazy_compile(r"(?:统计|数据)[^。0-9]{0,14}((?:19|20)[0-9]{2})年1月1日")


def read_statistics(title: str | None, lines: Sequence[Line]) -> tuple[tuple[Statistic, ...], tuple[Problem, ...]]:
    """Return the numbers of an article, and a problem for each that disagrees or cannot be read."""
    text, tables = _text(lines)
    if not reports_work(title, text, [line.text for _, line in tables]):
        return (), ()
    of_work = tells_of_work(title or "")
    year = year_of(title) or _year_before(text)
    flat = read_flattened(text, year)
    said: list[tuple[int, Statistic]] = []
    prose = _without(text, flat.spans)
    if not sets_rules(title, tuple(line.text for line in lines[:3])):
        readers = (read_narrative(prose, year), read_absences(prose, year))
        said = sorted((number for reader in readers for number in islice(reader, MAX_STATISTICS + 1)), key=_place)
    stated = frozenset(row.value for _, row in said if "规范性文件" in row.subject)
    issued = read_flattened_issued(text, year, stated)
    told = [(offset, line) for offset, line in tables if of_work or tells_of_work(line.text)]
    listed = [(offset, row) for offset, line in told for row in read_rows(line.rows, year)]
    found = [row for _, row in sorted([*said, *flat.numbers, *issued.numbers, *listed], key=_place)]
    problems = (*flat.problems, *issued.problems, *check_parts(said, prose), *check_statistics(found))
    return tuple(found[:MAX_STATISTICS]), (*problems, *_too_many(len(found)))


def _year_before(text: str) -> int | None:
    """Return the year on whose first day the figures of a text begin or end, as it says: 「统计…2013年1月1日」."""
    period = _PERIOD.search(text)
    return int(period[1]) if period else None


def _place(number: tuple[int, Statistic]) -> int:
    return number[0]


def _too_many(count: int) -> tuple[Problem, ...]:
    if count <= MAX_STATISTICS:
        return ()
    return (Problem.of("extract", Sentence.of("statistics-too-many", limit=MAX_STATISTICS), place="statistics"),)


def _text(lines: Sequence[Line]) -> tuple[str, list[tuple[int, Line]]]:
    """Return the text of all lines but tables, newline separated, and the tables with their offsets in it."""
    pieces: list[str] = []
    tables: list[tuple[int, Line]] = []
    length = 0
    for line in lines:
        if line.rows:
            tables.append((length, line))
        else:
            pieces.append(line.text)
            length += len(line.text) + 1
    return "\n".join(pieces), tables


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return ``text`` with ``spans`` blanked out, so that every offset stays."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], "\n" * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])
