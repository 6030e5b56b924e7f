"""The notes under the title of a law: who passed and promulgated it, when, under which number.

「2003年6月8日 中华人民共和国国务院令第379号公布」, 「2011年6月30日 第十一届全国人民代表大会常务委员会…通过」. The date
of a law is that of its first promulgation, else of its passing; revisions are not its date. A regulation approved by
the State Council and promulgated by a ministry is the State Council's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workers.extract.grammar.dates import find_dates
from workers.extract.grammar.document_number import find_document_number, find_order_number, read_document_number
from workers.extract.grammar.lines import Line, squeeze
from workers.extract.record.facts import Fact, FactSource
from workers.runtime.lazy_regex import lazy_compile

_SURE = 0.94
_MIN_TITLE, _MAX_TITLE = 6, 90
_VERB = lazy_compile("通过|公布|发布|批准|施行|实施|修订|修正|修改|印发|公告[）)]?$")
_REVISED = lazy_compile("修订|修正|修改")
_SESSION = lazy_compile(r"第[一二三四五六七八九十百〇零0-9]{1,6}[届次]")
_ORGAN_OF_ORDER = lazy_compile(r"^(.{2,40}?)令\s?[（(〔\[]?(?:第|[12])")
_PROMULGATOR = lazy_compile(r"^[\s由]{0,3}([一-鿿]{2,30}?)(?:、[一-鿿、]{2,40})?(?:公告)?(?:公布|发布)")
_COURTS = ("最高人民法院", "最高人民检察院")


@dataclass(frozen=True, slots=True)
class _Note:
    date: str
    text: str

    @property
    def revises(self) -> bool:
        return bool(_REVISED.search(self.text))


def is_statute_note(text: str) -> bool:
    """Return whether a line is one of a law's notes: a date at its start and what was done on it."""
    dates = find_dates(text[:40].lstrip("（( "))
    return bool(dates) and dates[0][1] <= 2 and len(dates[0][0]) == 10 and bool(_VERB.search(text)) and len(text) < 400


def read_statute(source: FactSource) -> Iterator[Fact]:
    """Read issuer, number and date from a law's notes."""
    notes = _notes(source.head) or _notes(_below_second_title(source))
    if not notes:
        yield from _published_by((*source.head, *source.body[:5]))
        yield from _order((*source.title_lines, *source.head, *source.body[:5]))
        yield from _organ_of_order(source.head)
        return
    first = [note for note in notes if not note.revises] or notes
    promulgated = next((note for note in first if re.search("公布|发布|公告$", note.text)), None)
    passed = next((note for note in first if "通过" in note.text), None)
    dated = promulgated or passed
    if dated:
        yield Fact("signed_on", dated.date, f"{dated.date} {dated.text}", "body", _SURE)
    yield from _issuer(first, promulgated, passed)
    for note in notes:
        number = find_order_number(note.text) or ("" if note.revises else find_document_number(note.text))
        if number:
            yield Fact("document_number", number.rpartition("、")[2], note.text, "body", _SURE)
            return


def _below_second_title(source: FactSource) -> Sequence[Line]:
    """Return the line below a fuller or shorter form of the title at the start of the text, as pages repeat it."""
    first = source.body[0].text if source.body else ""
    shorter, longer = sorted((squeeze(source.title or ""), squeeze(first)), key=len)
    rest = iter(longer)
    repeats = len(shorter) >= _MIN_TITLE and shorter[-2:] == longer[-2:] and all(sign in rest for sign in shorter)
    return source.body[1:2] if repeats and len(longer) <= _MAX_TITLE else ()


def _notes(head: Sequence[Line]) -> list[_Note]:
    notes: list[_Note] = []
    for line in head:
        if not is_statute_note(line.text):
            continue
        dates = [date for date in find_dates(line.text) if len(date[0]) == 10]
        ends = [start for _, start, _ in dates[1:]] + [len(line.text)]
        texts = [line.text[end:stop].strip(" 　（）()根据") for (_, _, end), stop in zip(dates, ends, strict=True)]
        for place in range(len(texts) - 2, -1, -1):
            if texts[place].endswith("会议、") and "通过" in texts[place + 1]:
                texts[place] += "通过"
        notes += [_Note(iso, text) for (iso, _, _), text in zip(dates, texts, strict=True)]
    return [note for note in notes if note.text]


def _issuer(first: Sequence[_Note], promulgated: _Note | None, passed: _Note | None) -> Iterator[Fact]:
    approved = next((note for note in first if note.text.startswith("国务院批准")), None)
    if passed and (organ := _assembly(passed.text)):
        yield Fact("issuer", organ, passed.text, "body", _SURE)
    elif approved:
        yield Fact("issuer", "国务院", approved.text, "body", _SURE)
    elif promulgated and (organ := _promulgator(promulgated.text)):
        yield Fact("issuer", organ, promulgated.text, "body", _SURE)


def _assembly(text: str) -> str | None:
    """Return the organ that passed a law, without its term and session (第十一届…第二十一次会议)."""
    court = next((court for court in _COURTS if text.startswith(court)), None)
    if court:
        return court
    session = _SESSION.search(text, 1) if text.startswith("第") else None
    pieces = _SESSION.split(text[: text.find("次会议")] if "次会议" in text else text)
    name = "".join(piece for piece in pieces if not piece.startswith("会议"))
    name = re.sub(r"第[一二三四五六七八九十百〇零0-9]*$", "", name)
    return name if "人民代表大会" in name and (session or name) else None


def _promulgator(text: str) -> str | None:
    match = _ORGAN_OF_ORDER.match(text) or _PROMULGATOR.match(text)
    if not match:
        return None
    organ = match[1].split("、")[0].strip()
    return "国务院" if organ.endswith("国务院") else organ


def _order(top: Sequence[Line]) -> Iterator[Fact]:
    """Read the head of an order, 「…令」 above 「第706号」; an order of the State Council is numbered 国令第706号."""
    for line, below in pairwise(top):
        if len(line.text) <= 40 and line.text.endswith("令") and (number := find_order_number(line.text + below.text)):
            issuer = _promulgator(number) or line.text[:-1]
            own = "国令" + number[number.rindex("第") :] if issuer == "国务院" else number
            yield Fact("document_number", own, f"{line.text} {below.text}", "body", _SURE)
            yield Fact("issuer", issuer, line.text, "body", _SURE)


def _organ_of_order(head: Sequence[Line]) -> Iterator[Fact]:
    """Read the organ of an order that has a line of its own: 「浙江省人民政府令第348号」."""
    for line in head:
        number = read_document_number(line.text)
        organ = _promulgator(number) if number and "令" in number else None
        if organ and not organ.endswith("主席"):
            yield Fact("issuer", organ, line.text, "body", 0.7)


def _published_by(head: Sequence[Line]) -> Iterator[Fact]:
    """Read 「最高人民法院发布」 above a date, the head of a published case."""
    for line, below in pairwise(head):
        match = re.match(r"^([一-鿿]{2,30})发布$", line.text)
        dates = find_dates(below.text)
        if match and dates:
            yield Fact("issuer", match[1], line.text, "body", 0.7)
            yield Fact("signed_on", dates[0][0], below.text, "body", 0.7)
