"""Joins headings broken over lines: a number alone on its line (第一章 / 总 则), a centred attached title."""

from collections.abc import Collection, Sequence

from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import is_organ
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.title_shape import ends_like_title, is_title_like
from workers.runtime.lazy_regex import lazy_compile

_FORMS = frozenset({"book", "chapter", "division", "part", "han", "han_bracketed"})
_MAX_LENGTH = 30
_MAX_LABEL_LENGTH = 12
_MAX_TITLE_LENGTH = 80
_ENDS = "。；;，,：:、"
# The number of a term stands above it (GB/T 1.1-2020, 8.7.3), its English name behind it: 「监测点　monitoring point」.
_CLAUSE = lazy_compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}")
_TERM = lazy_compile(r"[一-鿿][一-鿿、（）()]{1,20}\s[a-zA-Z][a-zA-Z ;,()-]{2,80}")
_CLAUSE_OF_TERMS = lazy_compile(r"第?([0-9]{1,2})章?[\s.．、]*[一-鿿、]{0,12}(?:术语|定义|词汇)[一-鿿、]{0,12}")

# 「附录A」 above 「（资料性）」 above its name (GB/T 1.1-2020, 9.13).
ANNEX, KIND_OF_ANNEX = r"附\s?录\s?[A-Z]", r"[（(](?:规范|资料)性(?:附录)?[)）]"
_ANNEX = lazy_compile(rf"{ANNEX}(\s?{KIND_OF_ANNEX})?")
_KIND_OF_ANNEX = lazy_compile(KIND_OF_ANNEX)


def join_broken_headings(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, each lone number and each unfinished centred title joined with the line below it."""
    joined: list[Line] = []
    terms = _numbers_of_terms(lines)
    for index, line in enumerate(lines):
        last = joined[-1] if joined else None
        if last is None or (len(last.text) > _MAX_LABEL_LENGTH and last.style is None):  # most lines of text
            joined.append(line)
        elif _goes_on_annex(last, line):
            joined[-1] = _join(last, line, joint="")
        elif (_is_lone_label(last) and _is_name(line)) or (index - 1 in terms and _is_term(line)):
            joined[-1] = _join(last, line)
        elif _is_broken_title(last, line):
            joined[-1] = _join(last, line, joint="")
        else:
            joined.append(line)
    return joined


def _is_lone_label(line: Line) -> bool:
    label = None if line.table or not line.body or len(line.text) > _MAX_LABEL_LENGTH else read_label(line.text)
    return label is not None and label.form.name in _FORMS and label.end == len(line.text)


def _goes_on_annex(annex: Line, line: Line) -> bool:
    """Return whether a line says of what kind the annex above it is, or names an annex of a kind."""
    alone = _ANNEX.fullmatch(annex.text) if annex.text[:1] == "附" and annex.body and not annex.table else None
    if alone is None or line.table or not line.body:
        return False
    return _is_name(line) if alone[1] else bool(_KIND_OF_ANNEX.fullmatch(line.text))


def _numbers_of_terms(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of lone numbers that count on within a clause of terms: 3.1, 3.2 in 「3 术语和定义」."""
    found: set[int] = set()
    clause, met = "", set[str]()
    for index, line in enumerate(lines):
        if not (line.text[:1].isdecimal() or line.text[:1] == "第") or line.table or not line.body:
            continue
        if heading := _CLAUSE_OF_TERMS.fullmatch(line.text):
            clause, met = heading[1], set()
        elif clause and line.text.startswith(f"{clause}.") and (number := _CLAUSE.match(line.text)):
            if number.end() == len(line.text) and _continues(number[0], met):
                found.add(index)
            met.add(number[0])
    return frozenset(found)


def _continues(number: str, met: Collection[str]) -> bool:
    outer, _, last = number.rpartition(".")
    return not met or last == "1" or f"{outer}.{int(last) - 1}" in met


def _is_term(line: Line) -> bool:
    return line.body and not line.table and bool(_TERM.fullmatch(line.text))


def _is_name(line: Line) -> bool:
    text = line.text
    short = (
        not line.table and line.body and 2 <= len(text) <= _MAX_LENGTH and text[-1] not in _ENDS and "。" not in text
    )
    return short and read_label(text) is None


def _is_broken_title(first: Line, second: Line) -> bool:
    if (
        not (_is_centred(first) and _is_centred(second))
        or first.table
        or second.table
        or len(first.text) + len(second.text) > _MAX_TITLE_LENGTH
    ):
        return False
    unfinished = is_title_like(first.text) and not ends_like_title(first.text) and not is_organ(first.text)
    return unfinished and ends_like_title(second.text) and is_title_like(first.text + second.text)


def _is_centred(line: Line) -> bool:
    return line.style is not None and line.style.align == "center"


def _join(label: Line, name: Line, *, joint: str | None = None) -> Line:
    if joint is None:
        joint = "" if label.text[-1] in "、.．）)" else " "
    original = None
    if label.original is not None or name.original is not None:
        original = label.display + joint + name.display
    return label._replace(text=label.text + joint + name.text, original=original, style=name.style or label.style)
