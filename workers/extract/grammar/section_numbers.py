"""The forms a section's number takes, and the level each stands for (GB/T 9704: 一、 then （一） then 1. then （1）).

Finds a label at one place of a text; whether the line it begins is a heading is decided in ``headings`` and
``candidates``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from workers.extract.grammar.numerals import HAN_NUMBER, read_number
from workers.runtime.lazy_regex import lazy_compile

_HAN = f"{HAN_NUMBER}{{1,8}}"
_HAN_DIGITS, _DIGITS, _WIDE_DIGITS = HAN_NUMBER.strip("[]"), "0123456789", "０１２３４５６７８９"
# Unicode's blocks Enclosed Alphanumerics and Enclosed CJK Letters and Months; GB 2312 has the smaller ones in row 2.
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_HAN_ENCLOSED, _STOPPED, _ENCLOSED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_MARK = "、﹑､．."
_YEAR = "(?:19|20)[0-9]{2}(?:年|[—-](?:19|20)[0-9]{2}年)"
_FORMAL = "壹贰叁参肆伍陆柒捌玖拾"
_ANY = f"(?:{_HAN}|[0-9０-９]{{1,3}})"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of number.

    Attributes:
        name: Of the form.
        first: The characters it begins with.
        pattern: Matches the number with its marks; group 1 is the number itself.
        level: On the ladder of GB/T 9704, whatever stands around it.
        rank: Nesting order: a smaller rank stands outside a larger one.
    """

    name: str
    first: str
    pattern: re.Pattern[str]
    level: int
    rank: float


def _form(name: str, pattern: str, *, first: str, level: int, rank: float) -> Form:
    return Form(name, first, lazy_compile(pattern), level, rank)


FORMS = (
    _form("annex", rf"附(?:[件表录]\s?({_ANY})?(?:[:：、.．]|(?=[\s《]|$))|[:：])", first="附", level=1, rank=0),
    _form("part", rf"第({_ANY})(?:大?部分)[:：、.．]?", first="第", level=1, rank=2),
    _form("case", rf"案例\s?({_ANY})(?=[\s:：、.．]|$)[:：、.．]?", first="案", level=1, rank=2),
    _form("book", rf"第\s?({_ANY})\s?分?编(?=[\s：:]|[^\s一-鿿]|$|[一-鿿]{{2,16}}$)", first="第", level=1, rank=1),
    _form("chapter", rf"第\s?({_ANY})\s?章", first="第", level=1, rank=3),
    _form("division", rf"第\s?({_ANY})\s?节", first="第", level=2, rank=4),
    _form("clause", rf"第\s?({_ANY})\s?条(?:之{_HAN})?", first="第", level=3, rank=6),
    _form("han", rf"({_HAN})\s?[{_MARK}]", first=_HAN_DIGITS, level=1, rank=5),
    _form("han_bracketed", rf"[（(〔【]\s?({_HAN})\s?[）)〕】][{_MARK}]?", first="（(〔【", level=2, rank=7),
    _form("han_bracketed", rf"([{_HAN_ENCLOSED}])[{_MARK}]?", first=_HAN_ENCLOSED, level=2, rank=7),
    _form("han_formal", rf"([{_FORMAL}]{{1,3}})\s?[{_MARK}]", first=_FORMAL, level=1, rank=4.5),
    _form("roman", r"([IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,5})\s?[.．、](?=\s?[一-鿿])", first="IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", level=1, rank=4.6),
    _form(
        "decimal",
        r"([0-9]{1,2}(?:[.．][0-9]{1,2}){1,3})(?=[\s、]|[一-鿿])(?![万亿元个倍公吨米年月日版级折分％%])[、]?",
        first=_DIGITS,
        level=4,
        rank=9,
    ),
    _form(
        "digit",
        rf"([0-9０-９]{{1,2}})\s?[{_MARK}](?:(?![0-9０-９])|(?={_YEAR}))",
        first=_DIGITS + _WIDE_DIGITS,
        level=3,
        rank=8,
    ),
    _form("digit", rf"([{_STOPPED}])[{_MARK}]?", first=_STOPPED, level=3, rank=8),
    _form("digit_bracketed", rf"(?:[（(]\s?([0-9０-９]{{1,2}})\s?[）)])[{_MARK}]?", first="（(", level=4, rank=10),
    _form("digit_bracketed", rf"([{_ENCLOSED}])[{_MARK}]?", first=_ENCLOSED, level=4, rank=10),
    _form("digit_half_bracketed", r"([0-9]{1,2})[）)]", first=_DIGITS, level=4, rank=10),
    _form("circled", rf"([{_CIRCLED}])", first=_CIRCLED, level=5, rank=11),
)
BY_NAME = {form.name: form for form in reversed(FORMS)}
# No pattern looks as far as this, so that a label at the start of a line is known from its beginning.
_MAX_LENGTH = 64
_BY_FIRST = {first: tuple(form for form in FORMS if first in form.first) for form in FORMS for first in form.first}
# What follows a number that is cited in a sentence: 第三章规定的…, 第二条第一款, 第五条、第六条.
CITED = lazy_compile(rf"[的、，,至之款项]|所称|所列|规定|中的|第{HAN_NUMBER}{{1,8}}[编章节条款项]")


class Label(NamedTuple):
    """A section number found at the start of a stretch of text.

    Attributes:
        form: What it looks like.
        value: Of the number; 0 for an unnumbered 附件.
        text: As written, with its marks.
        end: Offset just after it.
        depth: How many numbers a decimal label holds (1.1.1 is 3); 1 for all others.
    """

    form: Form
    value: int
    text: str
    end: int
    depth: int = 1

    @property
    def level(self) -> int:
        """Return the level: that of the form, and one more for each further decimal."""
        return self.form.level + max(0, self.depth - 2)

    @property
    def rank(self) -> float:
        """Return the nesting rank: that of the form, decimals by their depth."""
        return self.form.rank + self.depth / 10 if self.form.name == "decimal" else self.form.rank


def read_label(text: str, start: int = 0) -> Label | None:
    """Return the label that stands at ``start``, or None."""
    if text[start : start + 1] not in _BY_FIRST:
        return None
    return _read_label(text, start) if start else _first_label(text[:_MAX_LENGTH])


@lru_cache(maxsize=4096)
def _first_label(text: str) -> Label | None:
    return _read_label(text, 0)


def _read_label(text: str, start: int) -> Label | None:
    for form in _BY_FIRST[text[start]]:
        match = form.pattern.match(text, start)
        if match:
            label = _label(form, match)
            if label is not None:
                return label
    return None


def _label(form: Form, match: re.Match[str]) -> Label | None:
    number = match.group(1)
    if form.name == "decimal":
        numbers = re.split("[.．]", number)
        return Label(form, int(numbers[-1]), match.group().strip(), match.end(), depth=len(numbers))
    value = 0 if number is None else read_number(number)
    return None if value is None else Label(form, value, match.group().strip(), match.end())
