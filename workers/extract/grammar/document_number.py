"""文号: finds a document's own number and brings it into one form, 国办发〔2017〕42号; no cited number."""

import unicodedata
from functools import lru_cache

from workers.extract.grammar.numerals import HAN_NUMBER, read_number
from workers.runtime.lazy_regex import lazy_compile

_OPEN, _CLOSE = "〔［\\[【(（﹝〈{《", "〕］\\]】)）﹞〉}》"
_NUMBER = lazy_compile(
    rf"([一-鿿]{{1,16}}(?:[（(][一-鿿]{{1,4}}[)）])?)\s?[{_OPEN}]\s?((?:19|20)[0-9０-９]{{2}})\s?年?[{_CLOSE}]"
    r"\s?(?:第\s?)?([0-9０-９]{1,5})\s?号"
)
_ORDER = lazy_compile(
    rf"((?:[一-鿿、]{{1,40}})?令)\s?[（(]?\s?(?:第?\s?([0-9０-９]{{1,4}})|第\s?({HAN_NUMBER}{{1,6}}))\s?号[)）]?"
)
_ORDER_OF_YEAR = lazy_compile(
    rf"((?:[一-鿿、]{{1,40}})?令)\s?[{_OPEN}]\s?((?:19|20)[0-9０-９]{{2}})\s?[{_CLOSE}]\s?第?\s?([0-9０-９]{{1,4}})\s?号"
)
_ORDER_WITHIN_YEAR = lazy_compile(
    r"((?:[一-鿿、]{1,40})?令)\s?[（(]?\s?((?:19|20)[0-9]{2})\s?年\s?第\s?([0-9]{1,4})\s?号[)）]?"
)
_NOTICE = lazy_compile(
    r"((?:[一-鿿]{2,30}(?:[ 、][一-鿿]{2,30}){0,5})?公告)\s?[（(]?\s?((?:19|20)[0-9]{2})\s?年"
    r"\s?第?\s?([0-9]{1,4})\s?号[)）]?"
)


_STANDARD = lazy_compile(
    r"(?:[一-鿿]{2,30}标准\s?)?"
    r"((?:DB[A-Z]{0,2}\s?[0-9]{2,6}(?![0-9])/?|[A-Z]{1,4}(?:[0-9]{2,6}(?=/))?)(?:\s?/\s?[A-Z]{1,8})?)\s?"
    r"([0-9]{1,6}(?:[.．][0-9]{1,3})*)\s?[-—–－]{1,2}\s?((?:19|20)[0-9]{2})"
)
_COUNCIL = lazy_compile(
    r"((?:立法会)?[A-Z]{1,4}[（(][0-9A-Z]{1,4}[)）][0-9]{1,5}/(?:[0-9]{2}-)?[0-9]{2,4}[（(][0-9]{1,3}[)）](?:号文件)?)"
)
_PAPER = lazy_compile(r"[A-Z]{1,4} [0-9]{1,4}/[0-9]{2,4}(?:-[0-9]{1,4}){0,2}")
_CASE = lazy_compile(
    r"[（(]((?:19|20)[0-9]{2})[)）]((?:最高法|[一-鿿])[一-鿿0-9]{0,6}[一-鿿]{1,6}[0-9]{1,6}号(?:之[一二三四五六七八九十])?)"
)
_CIRCULAR = lazy_compile(r"([一-鿿]{2,16}(?:通函|通告|通知|公告|便笺))\s?第\s?([0-9]{1,4})/((?:19|20)?[0-9]{2})\s?号")
_MAX_LENGTH = 60
_HAN = lazy_compile(f"{HAN_NUMBER}{{1,6}}")
_BASIS = lazy_compile("^(?:根据|依据|按照)")
_ORDERS = (
    (_ORDER_OF_YEAR, "{}〔{}〕第{}号"),
    (_ORDER, "{}第{}号"),
    (_ORDER_WITHIN_YEAR, "{}{}年第{}号"),
)
_FORMS = (
    _ORDERS[0],
    (_NUMBER, "{}〔{}〕{}号"),
    *_ORDERS[1:],
    (_NOTICE, "{}{}年第{}号"),
    (_CIRCULAR, "{}第{}/{}号"),
)


def read_document_number(text: str) -> str | None:
    """Return the number ``text`` consists of, in its normal form, or None.

    国办发[2017]第42号 → 国办发〔2017〕42号; 国务院令第706号 stays an order's number.
    """
    return _read_number(text.strip(" \t　。;；")) if len(text) <= _MAX_LENGTH else None


@lru_cache(maxsize=2048)  # the lines of a head are asked for by several readers
def _read_number(text: str) -> str | None:
    if text[:1] in "（(" and (case := _CASE.fullmatch(text)):
        return f"（{case[1]}）{case[2]}"
    if text[:1].isascii() or text.startswith("立法会") or _may_name_standard(text):
        return _read_latin(text)
    text = text.strip("（）()")
    if "号" not in text:
        return None
    for pattern, form in _FORMS:
        match = pattern.match(text)
        if match and not text[match.end() :].strip(" )）"):
            return form.format(*(_plain(group) for group in match.groups() if group))
    return None


def _read_latin(text: str) -> str | None:
    """Return the number of a standard (GB/T 33480—2016) or of a paper before Hong Kong's council, or None."""
    standard = _STANDARD.fullmatch(text)
    if standard:
        return f"{''.join(standard[1].split())} {standard[2]}—{standard[3]}"
    council = _COUNCIL.fullmatch(text) or _PAPER.fullmatch(text)
    return council[0] if council else None


def is_standard_number(text: str) -> bool:
    """Return whether a line begins with the number of a standard: 「GB/T 33480—2016」, 「DB34/T 1—2025 代替 …」.

    Its kind may stand before it: 「金融行业标准 JR/T 0071—2020」.
    """
    return (text[:1].isascii() or _may_name_standard(text)) and bool(_STANDARD.match(text))


def _may_name_standard(text: str) -> bool:
    return "标准" in text and any(dash in text for dash in "-—–－")


def is_council_number(text: str) -> bool:
    """Return whether a line is the number of a paper before Hong Kong's Legislative Council."""
    return "(" in text and "/" in text and bool(_COUNCIL.fullmatch(text.strip()))


def find_document_number(text: str) -> str | None:
    """Return the first 〔year〕 number inside ``text``, in its normal form, or None."""
    match = _NUMBER.search(text) if "号" in text else None
    return None if match is None else "{}〔{}〕{}号".format(*(_half(group) for group in match.groups()))


def find_order_number(text: str) -> str | None:
    """Return the number of the first order (…令第706号) inside ``text``, with its issuer, or None."""
    if "令" not in text:
        return None
    found = [(match, form) for pattern, form in _ORDERS if (match := pattern.search(text))]
    if not found:
        return None
    match, form = min(found, key=lambda one: one[0].span())
    issuer, *numbers = (group for group in match.groups() if group)
    return form.format(_BASIS.sub("", issuer), *(_plain(number) for number in numbers))


def _plain(group: str) -> str:
    """Return a group as the normal form has it: 第八十号 is 第80号."""
    value = read_number(group) if _HAN.fullmatch(group) else None
    return _half(group) if value is None else str(value)


def _half(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
