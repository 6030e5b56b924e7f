"""Names of clauses on lines of their own, as contracts and articles of association have them: 「第一条　合同标的」.

The clauses of a statute are sentences behind their numbers (「第一条　为了…，制定本办法。」) and have no names.
"""

from collections.abc import Sequence
from itertools import pairwise

from workers.extract.grammar.lines import Line
from workers.extract.grammar.section_numbers import Label, read_label

_MAX_LENGTH, _MIN_COUNT, _SHARE = 20, 3, 0.7
_MARKS = frozenset("。；，;,！？")


def are_clauses_named(lines: Sequence[Line]) -> bool:
    """Return whether most clauses of an article stand as bare names above their text."""
    named = count = 0
    for line, below in pairwise(lines):
        label = read_label(line.text) if line.text[:1] == "第" and line.body and not line.table else None
        if label is not None and label.form.name == "clause":
            count += 1
            named += is_clause_name(line, label) and not _is_clause(below)
    return named >= max(_MIN_COUNT, _SHARE * count)


def is_clause_name(line: Line, label: Label) -> bool:
    """Return whether a few words without a mark stand behind the number of a clause."""
    words = line.text[label.end :].strip()
    return 2 <= len(words) <= _MAX_LENGTH and words[-1] not in "：:" and _MARKS.isdisjoint(words)


def _is_clause(line: Line) -> bool:
    label = read_label(line.text)
    return label is not None and label.form.name == "clause"
