"""Automatic list numbers as Word shows them, the same for every format that stores Word's list definitions.

A reader turns its own tables into ``Level`` and ``NumberedList`` and asks one ``Counters`` paragraph by paragraph, in
reading order. How a single number is written is ``numerals.py``.
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from workers.convert.text.numerals import format_number, format_pattern

Suffix = Literal["tab", "space", "nothing"]

_PLACEHOLDER = re.compile(r"%([1-9])")
_CLOSED = "、．。，：；）〕】》」』﹚｝:;)]}"
_MAX_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition.

    Attributes:
        start: Number of its first paragraph.
        format: A value of ST_NumberFormat.
        parts: The label: literal text, and 0-based levels whose number stands there.
        suffix: What separates the label from the text.
        restart: The 1-based level whose use starts this one again; 0 for never, None for any level above.
        legal: Whether every number in the label is shown in decimal digits.
        style: Identifier of the paragraph style the level is tied to.
        pattern: Word's example of a custom format, else None.
        hidden: Whether the label is formatted as hidden text.
    """

    start: int = 1
    format: str = "decimal"
    parts: tuple[str | int, ...] = ()
    suffix: Suffix = "tab"
    restart: int | None = None
    legal: bool = False
    style: Hashable | None = None
    pattern: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as paragraphs refer to it: a shared definition and what this instance overrides.

    Attributes:
        definition: Identity of the definition; instances of one definition go on counting from each other.
        levels: By 0-based level, overrides applied.
        starts: Start values this instance sets anew when it is first met, by level.
    """

    definition: Hashable
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counters:
    """Where each list of a document stands; ``advance`` is to be called once a paragraph, in reading order."""

    values: dict[Hashable, dict[int, int]] = field(default_factory=dict)
    met: set[tuple[Hashable, int]] = field(default_factory=set)

    def advance(self, key: Hashable, numbered: NumberedList, level: int) -> str:
        """Count one paragraph and return its label, empty for a bullet or a level that shows nothing.

        Args:
            key: Identity of the instance.
            numbered: The instance.
            level: 0-based.
        """
        definition = numbered.levels.get(level)
        if definition is None:
            return ""
        counts = self.values.setdefault(numbered.definition, {})
        for skipped in range(level):
            counts.setdefault(skipped, _start(numbered, skipped))
        if level in numbered.starts and (key, level) not in self.met:
            counts[level] = numbered.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else _start(numbered, level)
        self.met.add((key, level))
        for deeper in [other for other in counts if other > level and _restarts(numbered, other, level)]:
            del counts[deeper]
        if definition.format == "bullet" or definition.hidden:
            return ""
        return _label(numbered, level, counts)


def level_of(numbered: NumberedList, stated: int | None, styles: Sequence[Hashable | None]) -> int:
    """Return the 0-based level of a paragraph: the one tied to the style its list comes from, else the stated one.

    Args:
        numbered: The list.
        stated: The level the paragraph or its style states.
        styles: Styles to look for, first match; empty if the paragraph itself names the list.
    """
    for style in styles:
        for index, level in numbered.levels.items():
            if level.style is not None and level.style == style:
                return index
    return min(max(stated or 0, 0), 8)


def parts_of(template: str) -> tuple[str | int, ...]:
    """Split a label template of the form ``第%1章`` into literal text and 0-based levels."""
    pieces = _PLACEHOLDER.split(template[:_MAX_LENGTH])
    return tuple(int(piece) - 1 if index % 2 else piece for index, piece in enumerate(pieces) if piece)


def join_label(label: str, text: str, suffix: Suffix = "tab") -> str:
    """Return a paragraph with its label as it would be typed.

    A space stands for Word's tab or space only where label and text would otherwise run together (第一章 总则,
    1. 2024年); after 、 or a bracket nothing does.
    """
    if not text or not label or suffix == "nothing" or text[0].isspace() or label[-1].isspace():
        return label + text
    closed = label[-1] in _CLOSED or (label[-1] == "." and not text[0].isdigit())
    return label + text if closed else f"{label} {text}"


def _start(numbered: NumberedList, level: int) -> int:
    found = numbered.levels.get(level)
    return numbered.starts.get(level, found.start if found else 1)


def _restarts(numbered: NumberedList, deeper: int, level: int) -> bool:
    found = numbered.levels.get(deeper)
    return found is None or found.restart is None or level < found.restart


def _label(numbered: NumberedList, level: int, counts: dict[int, int]) -> str:
    definition = numbered.levels[level]
    if any(isinstance(part, int) and part > level for part in definition.parts):
        return ""  # [MS-OI29500] 2.1.283: a number of a deeper level voids the whole label
    text = ""
    for part in definition.parts:
        if isinstance(part, str):
            text += part
            continue
        value = counts[part]
        shown = numbered.levels.get(part, Level())
        text += format_pattern(value, shown.pattern) if shown.pattern else _number(value, shown, definition)
    return text[:_MAX_LENGTH]


def _number(value: int, shown: Level, definition: Level) -> str:
    plain = definition.legal and shown.format not in {"none", "decimalZero"}
    return format_number(value, "decimal" if plain else shown.format)
