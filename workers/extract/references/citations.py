"""Finds titles cited in a text, 《…》 with what follows them: document number, short name, provisions.

「《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）第二十条第二款」. What the text does with a
cited law is decided in ``references``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workers.extract.grammar.document_number import find_document_number, find_order_number
from workers.extract.grammar.numerals import HAN_NUMBER
from workers.runtime.lazy_regex import lazy_compile

MAX_TITLE_LENGTH = 150
_MAX_NOTE_LENGTH = 90
_MARK = lazy_compile("[《》]")
_NUMERAL = rf"(?:{HAN_NUMBER}{{1,8}}|[0-9]{{1,4}})"
_NOTE = lazy_compile(
    rf"\s?[（(]([^（）()《》\n]{{0,{_MAX_NOTE_LENGTH}}}(?:《[^《》\n]{{1,40}}》[^（）()《》\n]{{0,20}})?)[)）]"
)
_SHORT_NAME = lazy_compile(r"称[^《]{0,6}《([^《》]{1,40})》")
_ANNOUNCEMENT = lazy_compile(r"([一-鿿]{2,40}公告)\s?(?:[0-9]{4}年)?第\s?([0-9]{1,4})\s?号")
_CLAUSE = rf"第{_NUMERAL}条(?:之{HAN_NUMBER}{{1,3}})?"
_DETAIL = rf"(?:第{_NUMERAL}款)?(?:第[（(]?{_NUMERAL}[)）]?项)?"
_FIRST = lazy_compile(rf"\s?(?:中?的)?\s?({_CLAUSE})({_DETAIL})")
_FURTHER = lazy_compile(
    rf"(?:[、，,和及与至到]|以及)\s?(?:({_CLAUSE})({_DETAIL})|(第{_NUMERAL}款(?:第[（(]?{_NUMERAL}[)）]?项)?))"
)
_MAX_PROVISIONS = 40


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited title.

    Attributes:
        title: Between 《 and 》.
        start: Where 《 stands.
        end: Where the citation ends, its number and provisions included.
        number: In its normal form; None if none follows.
        short_name: The name the text gives it from here on (条例); None if it gives none.
        provisions: 第十九条第二款 …, in order.
    """

    title: str
    start: int
    end: int
    number: str | None
    short_name: str | None
    provisions: tuple[str, ...]


def find_citations(text: str) -> Iterator[Citation]:
    """Yield the titles cited in ``text``, in order; one inside another (《…〈…〉…》, 《…《…》…》) belongs to it."""
    open_at, depth = -1, 0
    done = 0
    for mark in _MARK.finditer(text):
        if mark.start() < done:
            continue
        if mark.group() == "《":
            if depth == 0 or mark.start() - open_at > MAX_TITLE_LENGTH:
                open_at, depth = mark.start(), 0
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and 2 <= mark.start() - open_at - 1 <= MAX_TITLE_LENGTH:
                citation = _citation(text, open_at, mark.end())
                yield citation
                done = citation.end


def _citation(text: str, start: int, end: int) -> Citation:
    title = " ".join(text[start + 1 : end - 1].split())
    number = short_name = None
    note = _NOTE.match(text, end)
    if note:
        named = _SHORT_NAME.search(note[1])
        number = read_cited_number(note[1])
        short_name = named[1] if named else None
        end = note.end() if number or named else end
    provisions, end = _provisions(text, end)
    return Citation(title, start, end, number, short_name, provisions)


def read_cited_number(note: str) -> str | None:
    """Return the document number inside the brackets after a title: 文号, 国务院令第711号, …公告第35号."""
    announced = _ANNOUNCEMENT.search(note) if "公告" in note else None
    return (
        find_document_number(note)
        or (f"{announced[1]}第{announced[2]}号" if announced else None)
        or find_order_number(note)
    )


def _provisions(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """Return the provisions cited after a title and where they end; a 款 alone belongs to the 条 before it."""
    match = _FIRST.match(text, end)
    if not match:
        return (), end
    clause = match[1]
    found = [_squeeze(f"{match[1]}{match[2]}")]
    while (further := _FURTHER.match(text, match.end())) and len(found) < _MAX_PROVISIONS:
        clause = further[1] or clause
        found.append(_squeeze(f"{clause}{further[3] or further[2]}"))
        match = further
    return tuple(found), match.end()


def _squeeze(text: str) -> str:
    return "".join(text.split())
