"""The order in which a document nests its forms of number, where it is not that of GB/T 9704.

「(一)」 stands outside 「1.」 as a rule. Where 「1.」 and 「2.」 count on while 「(一)」 begins anew below each, as
in papers of Hong Kong and Taiwan, it stands inside.
"""

from collections import Counter
from collections.abc import Sequence

from workers.extract.grammar.section_numbers import Label
from workers.extract.outline.line_marks import Mark

_MIN_COUNT = 2
_INSIDE = 0.4
_FORMS = frozenset({"han", "han_bracketed", "digit", "digit_bracketed"})


def nest_forms(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, those of a form that begins anew inside another ranked below it."""
    inside = _inner_forms(marks)
    if not inside:
        return list(marks)
    return [
        mark._replace(rank=inside[mark.label.form.name])
        if mark.section and mark.label is not None and mark.label.form.name in inside
        else mark
        for mark in marks
    ]


def _inner_forms(marks: Sequence[Mark]) -> dict[str, float]:
    """Return the ranks of forms found inside another that stands inside them as a rule."""
    numbered = [(mark.label, mark.rank) for mark in marks if mark.section and mark.label is not None]
    ranks = {label.form.name: rank for label, rank in numbered}
    if not _may_nest_otherwise([label for label, _ in numbered], ranks):
        return {}
    holds = _count_restarts(marks)
    return {
        inner: ranks[outer] + _INSIDE
        for (outer, inner), count in holds.items()
        if count >= _MIN_COUNT and ranks[inner] < ranks[outer] and not holds[inner, outer]
    }


def _may_nest_otherwise(labels: Sequence[Label], ranks: dict[str, float]) -> bool:
    """Return whether a form begins often enough, and one ranked inside it counts on often enough, to find it inside."""
    forms = _FORMS.intersection(ranks)
    if len(forms) < 2:  # as in most documents
        return False
    begun = Counter(label.form.name for label in labels if label.value == 1)
    counted = Counter(label.form.name for label in labels if label.value > 1)
    outer = max((ranks[name] for name in forms if counted[name] >= _MIN_COUNT), default=0.0)
    return any(ranks[name] < outer for name in forms if begun[name] >= _MIN_COUNT)


def _count_restarts(marks: Sequence[Mark]) -> Counter[tuple[str, str]]:
    """Return how often one form (first) counts on over another (second) that began with 1 since."""
    found: Counter[tuple[str, str]] = Counter()
    last: dict[str, int] = {}
    begun: dict[str, set[str]] = {}
    for mark in marks:
        if not mark.section:
            continue
        name = mark.label.form.name if mark.label is not None else ""
        if mark.label is None or name not in _FORMS:
            last, begun = {}, {}
            continue
        if mark.label.value == last.get(name, 0) + 1 > 1:
            found.update((name, other) for other in begun.get(name, ()))
        if mark.label.value == 1:
            for others in begun.values():
                others.add(name)
        last[name], begun[name] = mark.label.value, set()
    return found
