"""Finds secrecy marks at the places where a form has them; the settings decide their consequences.

A mark with its star (机密★1年) counts wherever it is a line of its own; a bare 秘密 or the stamp 不予公开 only at the
head, in a page header or as the value of 密级, since it is a cell of many tables.
"""

from collections.abc import Iterator

from schemas.articles import Finding
from schemas.blocks import Clue
from schemas.cleaned import Normalized, Paragraph
from workers.extract.grammar.secrecy_mark import (
    has_term,
    may_hold_mark,
    read_closed_mark,
    read_closed_stamp,
    read_secrecy_mark,
)
from workers.runtime.lazy_regex import lazy_compile

_HEAD_LINES = 12
_MIN_LENGTH = 2
_MARGINS = ("header", "footer", "textbox")
_READINGS = "injected_pinyin"  # Latin letters, by the hundred
_MARGIN_RULES = ("page_header", "page_footer", "running_head")
_OPENING = lazy_compile(r"(?:[0-9]{6}\s{0,4})?((?:绝密|机密|秘密)[★☆](?:[0-9]{1,3}(?:年|个月)|长期)?)(?=[\s一-鿿])")
_LEVEL_LABELS = ("密级", "保密级别", "涉密等级", "秘密等级")


def secrecy_findings(normalized: Normalized) -> tuple[Finding, ...]:
    """Return the secrecy marks of a document, each once."""
    return tuple(dict.fromkeys(Finding("secrecy_mark", mark) for mark in _marks(normalized)))


def _marks(normalized: Normalized) -> Iterator[str]:
    place = 0
    for paragraph in normalized.paragraphs:
        at_head = place < _HEAD_LINES or paragraph.role in _MARGINS
        if paragraph.kind == "table":
            yield from _in_table(paragraph) if at_head else ()
            place += 1
            continue
        if place == 0 and "密" in paragraph.text and (opening := _OPENING.match(paragraph.text)):
            yield opening[1]
        for line in paragraph.text.split("\n"):
            if may_hold_mark(line):
                yield from _on_line(line, at_head=at_head)
            place += bool(line.strip())
    for removal in normalized.removals:
        if removal.rule != _READINGS and len(removal.text) >= _MIN_LENGTH and may_hold_mark(removal.text):
            yield from _on_line(removal.text, at_head=removal.rule in _MARGIN_RULES)
    for clue in normalized.clues:
        yield from _in_clue(clue)


def _on_line(line: str, *, at_head: bool) -> Iterator[str]:
    mark = read_secrecy_mark(line)
    if mark and (at_head or has_term(mark)):
        yield mark
    closed = read_closed_mark(line) or (read_closed_stamp(line) if at_head else None)
    if closed:
        yield closed


def _in_table(paragraph: Paragraph) -> Iterator[str]:
    """Read the cells of a table that lays out the head of a form: 「机密★1年」, 「密级 | 秘密」."""
    for row in paragraph.rows:
        for place, cell in enumerate(row):
            mark = read_secrecy_mark(cell)
            if mark and (has_term(mark) or (place and "".join(row[place - 1].split()).rstrip("：:") in _LEVEL_LABELS)):
                yield mark


def _in_clue(clue: Clue) -> Iterator[str]:
    label = "".join(clue.label.split()).rstrip("：:")
    mark = read_secrecy_mark(clue.value) if label in _LEVEL_LABELS else read_closed_mark(f"{label}：{clue.value}")
    if mark:
        yield mark
