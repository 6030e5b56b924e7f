"""Which of the office's columns are empty or stale: of all sub-sites together, and of each where there are several."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from schemas.office.catalogues.columns import Column, ColumnEntry, ColumnMatrix
from schemas.office.findings import Finding, Quote
from search.office.catalogue.columns import rules

# The indicators give policy documents half a year; a column of news, which has two weeks, says so in the file.
DAYS = 183
_ALL = "全部子站点"
_ROOT = "（不在子站点）"

Newest = Mapping[int, ColumnEntry]


def review_columns(
    columns: Sequence[Column], matrix: ColumnMatrix, *, today: datetime.date, days: int = DAYS
) -> Iterator[Finding]:
    """Yield what is empty and what is stale.

    Args:
        columns: The office's columns.
        matrix: Counts of all years.
        today: The day the question is asked.
        days: A column is stale after so many days, unless its own line says how many.
    """
    by_site: dict[str, dict[int, ColumnEntry]] = {}
    for (site, number), entry in matrix.newest.items():
        by_site.setdefault(site, {})[number] = entry
    day = today.isoformat()
    whole: dict[int, ColumnEntry] = {}
    for newest in by_site.values():
        for number, entry in newest.items():
            if number not in whole or whole[number].newest_until(day) < entry.newest_until(day):
                whole[number] = entry
    yield from _whole_findings(columns, whole, today, days)
    for site in sorted(by_site) if len(by_site) > 1 else ():
        yield from _site_findings(columns, site, by_site[site], today, days)


def _whole_findings(columns: Sequence[Column], newest: Newest, today: datetime.date, days: int) -> Iterator[Finding]:
    for one in columns:
        if one.number not in newest:
            message = f"栏目「{one.name}」没有一件文件；请补充，或核对栏目文件中的词语"
            yield Finding(rules.EMPTY, message, (Quote(_ALL, one.name, ""),))
        elif _is_stale(one, newest[one.number], today, days):
            entry = newest[one.number]
            message = f"栏目「{one.name}」{one.days or days} 天以上没有新文件，最近一件{_dated(entry, today)}"
            yield Finding(rules.STALE, message, (_quote(one, entry),))


def _site_findings(
    columns: Sequence[Column], site: str, newest: Newest, today: datetime.date, days: int
) -> Iterator[Finding]:
    name = site or _ROOT
    empty = [one for one in columns if one.number not in newest]
    if empty:
        message = f"{name}有 {len(empty)} 个空栏目：{'、'.join(one.name for one in empty)}；不涉及的可以不管"
        yield Finding(rules.SITE_EMPTY, message, tuple(Quote(name, one.name, "") for one in empty))
    held = [one for one in columns if one.number in newest]
    stale = [one for one in held if _is_stale(one, newest[one.number], today, days)]
    if stale:
        words = "、".join(f"{one.name}（最近一件{_dated(newest[one.number], today)}）" for one in stale)
        quotes = tuple(_quote(one, newest[one.number]) for one in stale)
        yield Finding(rules.SITE_STALE, f"{name}有 {len(stale)} 个栏目久未更新：{words}", quotes)


def _is_stale(one: Column, entry: ColumnEntry, today: datetime.date, days: int) -> bool:
    """Return whether a column is stale; a date without its day counts as the last it can be."""
    since = (today - datetime.timedelta(days=one.days or days)).isoformat()
    dated = entry.newest_until(today.isoformat())
    return dated < since[: len(dated) or None]


def _dated(entry: ColumnEntry, today: datetime.date) -> str:
    date = entry.newest_until(today.isoformat())
    return f"的日期是{date}" if date else "没有写明日期"


def _quote(one: Column, entry: ColumnEntry) -> Quote:
    return Quote(entry.key, f"{one.name}最近一件", entry.title, entry.document_id)
