"""The provisions of a document, from its section rows: its outermost sections, chapters and articles (条)."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from schemas.office.comparison import Provision
from schemas.records import SectionRow

_STATUTE = re.compile(r"第.{1,8}[编章节条]")
_HEAD = "题头"


def read_provisions(rows: Sequence[SectionRow]) -> list[Provision]:
    """Return the provisions of the article (of a file of several) that has most of them, in its order."""
    articles = [list(group) for _, group in groupby(rows, key=lambda row: row.article)]
    return max((_provisions(article) for article in articles), key=len, default=[])


def _provisions(rows: Sequence[SectionRow]) -> list[Provision]:
    parts: list[list[SectionRow]] = []
    for row in rows:
        if row.level <= 1 or _STATUTE.fullmatch(row.number or "") or not parts:
            parts.append([row])
        else:
            parts[-1].append(row)
    return [made for part in parts if (made := _provision(part)).text]


def _provision(rows: Sequence[SectionRow]) -> Provision:
    first = rows[0]
    lines = [_line(first, numbered=False), *(_line(row, numbered=True) for row in rows[1:])]
    number = first.number or first.heading or _HEAD
    return Provision(number, "\n".join(filter(None, lines)), first.ordinal)


def _line(row: SectionRow, *, numbered: bool) -> str:
    parts: Iterable[str | None] = (row.number if numbered else None, row.heading)
    label = "".join(part for part in parts if part)
    return "\n".join(filter(None, (label, row.text))) if row.heading else label + row.text
