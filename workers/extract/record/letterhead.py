"""The elements above and beside the number of a formal document (版头, GB/T 9704-2012, 7.2): marks, organ, approver.

「000001」, 「机密★1年」, 「特急」, 「牡丹江市人民政府文件」, 「牡政请〔2011〕3号　签发人：张三」; none is a title.
Nor is what stands above the name of a standard: 「ICS 35.240.20」, 「GB」, 「中华人民共和国国家标准」 (GB/T 1.1-2020).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from workers.extract.grammar.document_number import read_document_number
from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import is_organ
from workers.extract.grammar.secrecy_mark import read_secrecy_mark
from workers.extract.record.facts import Fact, FactSource
from workers.runtime.lazy_regex import lazy_compile

_SURE = 0.95
_BODY_LINES = 4
_MAX_LENGTH = 60
_URGENT = lazy_compile(r"(?:^|\s|[年期月★])(特急|加急|特提|平急)(?=\s|$|[（(])")
_SERIAL = lazy_compile(r"^(?:份号[:：]?\s?)?[0-9]{6}$")
_SIGNATORY = lazy_compile(r"(?:^|[\s）)号])签\s?发\s?人\s?[:：]\s?((?:[一-鿿·]{1,10}[\s、，]{0,3}){1,6})$")
_MARK_ONLY = lazy_compile(r"[0-9一二三四五六七八九十★☆*＊·长期年个月天日秘机绝密特急加提平]{2,24}")
_STANDARD = lazy_compile(
    r"^(?:ICS\s?[0-9.]{2,12}|(?:[一-鿿]{2,20})?(?:国家|行业|地方|团体|企业)标准(?:化指导性技术文件)?|[A-Z]{2}(?:/[TZ])?"
    r"|(?:部分)?代替\s?[A-Z]{1,4}[A-Z/]{0,6}\s?[0-9].{0,60}|[一-鿿、 ]{4,60}\s发布)$"
)
_NAME_BROKEN = lazy_compile(r"(?<![一-鿿])([一-鿿]) ([一-鿿])(?![一-鿿])")


def is_redhead_line(text: str) -> bool:
    """Return whether a line consists of marks and names that only stand above the title."""
    return len(text) <= _MAX_LENGTH and _is_redhead_line(text)


@lru_cache(maxsize=2048)
def _is_redhead_line(text: str) -> bool:
    if _STANDARD.match(text):
        return True
    return bool(_SERIAL.match(text) or read_secrecy_mark(text) or _urgency(text) or _signatory(text)) or _is_organ_mark(
        text
    )


def read_redhead(source: FactSource) -> Iterator[Fact]:
    """Read secrecy, urgency and the approver, and the number that stands beside the approver's name."""
    for line in (*source.page, *source.head, *source.body[:_BODY_LINES]):
        if not line.table and len(line.text) <= _MAX_LENGTH:
            yield from _facts(line)


def _facts(line: Line) -> Iterator[Fact]:
    if mark := read_secrecy_mark(line.text):
        yield Fact("secrecy", mark, line.text, "body", _SURE)
    if urgency := _urgency(line.text):
        yield Fact("urgency", urgency, line.text, "body", _SURE)
    match = _signatory(line.text)
    if match:
        yield Fact("signatory", _names(match[1]), line.text, "body", _SURE)
        number = read_document_number(line.text[: match.start() + 1])
        if number:
            yield Fact("document_number", number, line.text, "body", 0.9)


def _urgency(text: str) -> str | None:
    """Return the urgency a line of nothing but marks states: 「特急」, 「机密★1年　特急」, 「000012 加急」."""
    match = _URGENT.search(text)
    return match[1] if match and _MARK_ONLY.fullmatch("".join(text.split())) else None


def _signatory(text: str) -> re.Match[str] | None:
    return _SIGNATORY.search(text) if "签" in text else None


def _names(text: str) -> str:
    """Return approvers as 「张三、李四」; a name of two characters may be set with a space in it."""
    return "、".join(piece for piece in re.split(r"[\s、，]+", _NAME_BROKEN.sub(r"\1\2", text.strip())) if piece)


def _is_organ_mark(text: str) -> bool:
    """Return whether a line is the organ's name in large red letters: 「牡丹江市人民政府文件」."""
    name = "".join(text.split())
    return name.endswith("文件") and is_organ(name.removesuffix("文件")) and len(name) >= 6
