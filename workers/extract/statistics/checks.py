"""Compares the numbers of a report with each other: sums of its tables, and sentences against tables.

Nothing is corrected: both numbers stay as stated, and the disagreement is reported.
"""

from collections.abc import Iterable, Iterator, Sequence

from schemas.articles import Statistic
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.runtime.lazy_regex import lazy_compile

_TOTAL = "总计"
_MIN_RESULTS = 15
_HEADS_OF_GROUPS = frozenset(("法人或其他组织",))
_APPLICATIONS = lazy_compile("(?:收到|受理|接到|新收)[^，]{0,24}申请(?:公开)?(?:数|总数)?$|^政府信息公开申请$")

_ADDS_UP = lazy_compile(r"^(?:[（(]?[一二三四五六七八九十]+[)）、])?[^0-9]*(?:申请|答复)[^0-9]*数$")
_PART = lazy_compile(r"(?:其中[:：])?([0-9]{1,2})[.．、]")
_WITHIN_PART = lazy_compile("其中|涉及|危及|不是|规定的其他")
_MAX_PARTS = 24

Table = dict[str, dict[str, int | float]]


def check_statistics(statistics: Sequence[Statistic]) -> Iterator[Problem]:
    """Yield disagreements: sums within rows, sums over rows, and sentences that differ from their table."""
    table = _table(row for row in statistics if row.table)
    yield from _rows(table)
    yield from _balance(table)
    yield from _results(table)
    yield from _numbered_parts(table)
    narrative = [row for row in statistics if not row.table]
    yield from map(_problem, _compare(narrative, table))


def _problem(said: Sentence) -> Problem:
    return Problem.of("extract", said, place="statistics")


def _table(rows: Iterable[Statistic]) -> Table:
    """Return subject → column → value, the column by its innermost head."""
    table: Table = {}
    for row in rows:
        table.setdefault(row.subject, {}).setdefault(row.measure.rsplit("：", 1)[-1], row.value)
    return table


def _rows(table: Table) -> Iterator[Problem]:
    for subject, cells in table.items():
        parts = [value for column, value in cells.items() if column != _TOTAL and column not in _HEADS_OF_GROUPS]
        if _TOTAL in cells and len(parts) >= 2 and sum(parts) != cells[_TOTAL]:
            total, value = _plain(sum(parts)), _plain(cells[_TOTAL])
            yield _problem(Sentence.of("statistics-row-differs", subject=subject, total=total, value=value))


def _row(table: Table, *words: str) -> dict[str, int | float]:
    return next((cells for subject, cells in table.items() if all(word in subject for word in words)), {})


def _balance(table: Table) -> Iterator[Problem]:
    """Check 「第一项加第二项之和，等于第三项加第四项之和」, as the form itself demands."""
    new, carried = _row(table, "本年新收"), _row(table, "上年结转")
    total, following = _results_total(table), _row(table, "结转下年度")
    for column in new:
        if all(column in row for row in (carried, total, following)):
            left, right = new[column] + carried[column], total[column] + following[column]
            if left != right:
                said = Sentence.of("statistics-balance-differs", column=column, left=_plain(left), right=_plain(right))
                yield _problem(said)


def _results_total(table: Table) -> dict[str, int | float]:
    return next((cells for subject, cells in table.items() if "办理结果" in subject and subject.endswith(_TOTAL)), {})


def _results(table: Table) -> Iterator[Problem]:
    """Check that the results of table three add up to its row 总计."""
    rows = [cells for subject, cells in table.items() if "办理结果" in subject and not subject.endswith(_TOTAL)]
    total = _results_total(table)
    for column, value in total.items() if len(rows) >= _MIN_RESULTS else ():
        found = sum(row.get(column, 0) for row in rows)
        if found != value:
            said = Sentence.of("statistics-results-differ", column=column, total=_plain(found), value=_plain(value))
            yield _problem(said)


def _numbered_parts(table: Table) -> Iterator[Problem]:
    """Check 「对申请的答复数」 against 「1.同意公开答复数」, 「2.否决公开答复数」; channels of 公开 may overlap."""
    subjects = list(table)
    for place, whole in enumerate(subjects):
        parts = list(_parts_below(subjects[place + 1 : place + 1 + _MAX_PARTS])) if _ADDS_UP.search(whole) else []
        for column, value in table[whole].items() if len(parts) >= 2 else ():
            found = sum(table[part].get(column, 0) for part in parts)
            if found != value:
                said = Sentence.of(
                    "statistics-listed-differ",
                    subject=whole,
                    column=column,
                    value=_plain(value),
                    total=_plain(found),
                )
                yield _problem(said)


def _parts_below(subjects: Sequence[str]) -> Iterator[str]:
    expected = 1
    for subject in subjects:
        match = _PART.match(subject)
        if match and int(match[1]) == expected:
            expected += 1
            yield subject
        elif match or _ADDS_UP.search(subject) or not (expected > 1 and _WITHIN_PART.search(subject)):
            return


def _compare(narrative: Sequence[Statistic], table: Table) -> Iterator[Sentence]:
    """Yield what to say of each number that a sentence and a table give differently."""
    new, carried = _row(table, "本年新收"), _row(table, "上年结转")
    listed = {
        "收到政府信息公开申请": new.get(_TOTAL, _of_year(table, "依申请公开信息总数", "收到申请数")),
        "办结政府信息公开申请": _results_total(table).get(_TOTAL),
        "结转下年度办理": _row(table, "结转下年度").get(_TOTAL),
        "行政复议": _row(table, "行政复议").get(_TOTAL, _of_year(table, "行政复议数", "行政复议数量")),
        "行政诉讼": _lawsuits(table),
        "主动公开政府信息": _of_year(table, "主动公开信息数", "主动公开政府信息数"),
        "现行有效行政规范性文件": _row(table, "规范性文件").get("现行有效件数"),
        "本年制发行政规范性文件": _row(table, "规范性文件").get("本年制发件数"),
    }
    for what, number in listed.items():
        if number is None:
            continue
        stated = next((row.value for row in narrative if _SAID[what].search(row.subject)), None)
        if stated is None or stated == number:
            continue
        both = new.get(_TOTAL, 0) + carried.get(_TOTAL, 0)
        adds = what == "收到政府信息公开申请" and new and stated == both
        said, table_says = _plain(stated), _plain(number)
        if not adds:
            yield Sentence.of("statistics-prose-differs", subject=what, stated=said, listed=table_says)
            continue
        yield Sentence.of(
            "statistics-prose-adds-carried",
            subject=what,
            stated=said,
            listed=table_says,
            carried=_plain(carried.get(_TOTAL, 0)),
            both=_plain(both),
        )


_SAID = {
    "收到政府信息公开申请": _APPLICATIONS,
    "办结政府信息公开申请": lazy_compile("^办结(?:政府信息公开|依申请公开)?(?:申请)?$"),
    "结转下年度办理": lazy_compile("^结转(?:至|到|下)"),
    "行政复议": lazy_compile("行政复议(?:案件|申请)?(?:已处理)?$"),
    "行政诉讼": lazy_compile("行政诉讼(?:案件)?$"),
    "主动公开政府信息": lazy_compile("^(?:通过[^，]{0,20})?(?:累计)?主动公开(?:各类)?政府信息$"),
    "现行有效行政规范性文件": lazy_compile("现行有效(?:的)?(?:行政)?规范性文件$"),
    "本年制发行政规范性文件": lazy_compile("制发(?:的)?(?:行政)?规范性文件$"),
}


def _of_year(table: Table, *subjects: str) -> int | float | None:
    """Return the first column of a row of the old form: the year's, before 历年累计."""
    for subject, cells in table.items():
        if subject.endswith(subjects) and "其中" not in subject:
            return next((value for column, value in cells.items() if "累计" not in column), None)
    return None


def _lawsuits(table: Table) -> int | float | None:
    direct, after = _row(table, "未经复议直接起诉"), _row(table, "复议后起诉")
    if _TOTAL in direct and _TOTAL in after:
        return direct[_TOTAL] + after[_TOTAL]
    return _of_year(table, "行政诉讼数", "行政诉讼数量")


def _plain(value: int | float) -> str:
    return str(value)
