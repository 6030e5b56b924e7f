"""Reports what is wrong with the numbering, and corrects nothing: 「(3) 缺失」, repeats, wrong order, fresh starts."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.extract.grammar.section_numbers import Label
from workers.extract.outline.line_marks import Mark

LISTED = 5
REPORTED = 100
_HAN = "〇一二三四五六七八九"


class Numbered(Protocol):
    """The number of a section, as far as the report needs it."""

    mark: Mark
    path: tuple[str, ...]
    parent: int | None


def report_gaps(nodes: Sequence[Numbered]) -> list[Problem]:
    """Report each break in the numbering of siblings; a run that goes on across sections is none.

    Beyond ``REPORTED`` breaks only their count is reported: such a document has no usable numbering.
    """
    problems = list(_breaks(nodes))
    if len(problems) <= REPORTED:
        return problems
    return [
        *problems[:REPORTED],
        Problem.of("extract", Sentence.of("numbers-more-breaks", count=len(problems) - REPORTED)),
    ]


def _breaks(nodes: Sequence[Numbered]) -> Iterator[Problem]:
    siblings: dict[tuple[int | None, str], int] = {}
    running: dict[str, int] = {}
    for node in nodes:
        label = node.mark.label
        if label is None or label.value == 0 or label.form.name in ("decimal", "annex"):
            continue
        name, key = label.form.name, (node.parent, label.form.name)
        before = siblings.get(key)
        expected = {1 if before is None else before + 1, running.get(name, 0) + 1}
        if label.value not in expected:
            yield _problem(label, before or 0, node.path)
        siblings[key] = running[name] = label.value


def _problem(label: Label, before: int, path: tuple[str, ...]) -> Problem:
    place = " / ".join(path[:-1]) or None
    if label.value > before:
        missing = [with_value(label, value) for value in range(before + 1, label.value)]
        return Problem.of("extract", _jump(missing, label.text), place=place)
    return Problem.of("extract", _disorder(label, before), place=place)


def _jump(missing: Sequence[str], number: str) -> Sentence:
    named = " ".join(missing[:LISTED])
    if len(missing) > LISTED:
        return Sentence.of("numbers-many-missing", missing=named, number=number)
    return Sentence.of("numbers-missing", missing=named, number=number)


def _disorder(label: Label, before: int) -> Sentence:
    last = with_value(label, before)
    if label.value == 1:
        return Sentence.of("numbers-start-again", number=label.text, before=last)
    if label.value == before:
        return Sentence.of("number-repeated", number=label.text, before=last)
    return Sentence.of("numbers-backwards", number=label.text, before=last)


def with_value(label: Label, value: int) -> str:
    """Return the label as it would be written with another number: (2) and 3 make (3), 二、 and 3 make 三、."""
    digits = "".join(character for character in label.text if character.isdigit() and character not in _HAN)
    if label.form.name == "circled":
        return chr(ord("①") + value - 1)
    if digits:
        return label.text.replace(digits, str(value), 1)
    written = _han(label.value)
    return label.text.replace(written, _han(value), 1) if written in label.text else f"{label.text}→{value}"


def _han(value: int) -> str:
    if value < 10:
        return _HAN[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")
    hundreds, rest = divmod(value, 100)
    joint = "" if not rest else "零" + _HAN[rest] if rest < 10 else ("一" if rest < 20 else "") + _han(rest)
    return f"{_han(hundreds)}百{joint}"
