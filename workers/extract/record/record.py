"""The record of an article: a table of readers, each for one kind of fact, and the surest reading of each field."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, zip_longest

from workers.extract.grammar.dates import find_dates, read_whole_date
from workers.extract.grammar.document_number import find_document_number, is_standard_number, read_document_number
from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import first_organ, is_organ, leading_organ
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.addressees import read_addressees
from workers.extract.record.co_issuers import read_co_issuers, read_joint_organs
from workers.extract.record.copied_to import read_copied_to
from workers.extract.record.effect import read_effect, read_expiry
from workers.extract.record.facts import Fact, FactSource, best
from workers.extract.record.imprint import read_imprint
from workers.extract.record.label_tables import read_label_tables
from workers.extract.record.labelled import read_labelled
from workers.extract.record.letterhead import read_redhead
from workers.extract.record.parties import read_contract_day, read_parties
from workers.extract.record.publication import read_publication
from workers.extract.record.signature import is_officer, read_signature
from workers.extract.record.statute import read_statute
from workers.extract.record.title.masthead import dated_organ
from workers.extract.record.title_shape import is_contents_heading
from workers.runtime.lazy_regex import lazy_compile

_LETTERHEAD = 12
_LETTER = lazy_compile(r"^[|｜装订线\s]*([一-鿿]{3,20})\s(?:函|书函|公告|令|开会通知单)$")
_AFTER_MARKS = lazy_compile(
    r"^[^。，；]{0,30}(?:特急|加急|特提|平急|明电|密电|内部明电|等级)[^。，；]{0,8}\s(\S{4,24}号)$"
)
_GIVEN = lazy_compile(r"^(?:—{1,2}|[-―─]{1,2}|[（(])\s?([12][0-9]{3}年.{2,8}日)在.{4,60}上[）)]?$")
_GIVEN_BEGINS = frozenset("—-―─（(")
_DAY, _MONTH = len("2026-11-29"), len("2026-11")
_OWN_ORGAN = (
    "局|委(?!员)|(?<!社)会(?!议(?!事)|计(?!划))|办(?![法事理])|厅|院(?!生)|部(?![理署门分])|处(?!理)|室|中心|街道|乡|镇|(?<!法治政)府|署|所|"
    "队(?!员)|站|宫|馆|校|学(?![生校院前习科])|园|公司"
)
_OWN_PAPER = lazy_compile(
    rf"^(?:[12][0-9]{{3}}年?度?)?((?>[一-鿿]{{3,28}}?(?:{_OWN_ORGAN})))"
    r"(?:(?:[12][0-9]{3}|本)[^，。]{0,12})?(?:[一-鿿（）()“”\-—0-9]{0,16}?)"
    r"(?:决算|预算|工作(?:总结|报告|计划|要点)|清单|目录|指南|年度报告|公报|章程|简章|规划|公告|公示|通告)(?:表|说明)?(?:[（(][^（()）]{1,12}[)）])?$"
)
_SENTENCE = lazy_compile("^本(?![溪钢])|(?<!自)由")
_PUBLISHED = lazy_compile(r"\s(?:联合\s?)?发布$")
Reader = Callable[[FactSource], Iterable[Fact]]


def read_number_line(source: FactSource) -> Iterator[Fact]:
    """Read the document number that stands alone on a line near the title, after marks, or in brackets after it."""
    for line in (*source.head, *source.body[:3]):
        number = read_document_number(line.text)
        if number:
            yield Fact("document_number", number, line.text, "body", 0.9)
        elif match := None if line.table else _AFTER_MARKS.match(line.text):
            number = read_document_number(match[1])
            if number:
                yield Fact("document_number", number, line.text, "body", 0.85)
    if source.title and (number := find_document_number(source.title.partition("《")[0])):
        yield Fact("document_number", number, source.title, "body", 0.6)


def read_title_organ(source: FactSource) -> Iterator[Fact]:
    """Read the organ a title begins with: 三垟街道2008年政府信息公开工作总结."""
    organ = leading_organ(source.title or "")
    if organ:
        yield Fact("issuer", organ, source.title or "", "title", 0.6)


def read_own_paper(source: FactSource) -> Iterator[Fact]:
    """Read the organ in the title of a paper that organs make of themselves: 「2024年度甲局单位决算」."""
    match = _OWN_PAPER.match(source.title or "")
    if match and is_organ(match[1]):
        yield Fact("issuer", match[1], source.title or "", "title", 0.52)


def read_labels(source: FactSource) -> Iterator[Fact]:
    """Read what stands behind labels; take 来源 for the issuer if it names an organ and nothing better does."""
    for fact in read_labelled(source):
        yield fact
        if fact.field == "source" and is_organ(fact.value):
            yield Fact("issuer", fact.value, fact.text, fact.origin, 0.5)


def read_head_date(source: FactSource) -> Iterator[Fact]:
    """Take a date alone on a line below the title for the date of signing if there is nothing better.

    The day on which a report or a speech was given stands there with the meeting; a cover may give the month only.
    """
    for line in source.head:
        date = read_whole_date(line.text)
        if date and len(date) == _DAY:
            yield Fact("signed_on", date, line.text, "body", 0.5)
    cover = list(_cover(source))
    for line in cover:
        date = read_whole_date(line.text)
        if date and len(date) == _MONTH:
            yield Fact("signed_on", date, line.text, "body", 0.3)
    for line, below in zip_longest(cover, cover[1:]):
        if line.text[:1] not in _GIVEN_BEGINS:
            continue
        given = _GIVEN.match(line.text) or (_GIVEN.match(line.text + below.text) if below else None)
        dates = find_dates(given[1]) if given else []
        if dates and len(dates[0][0]) == _DAY:
            yield Fact("signed_on", dates[0][0], line.text, "body", 0.6)


def read_issue_line(source: FactSource) -> Iterator[Fact]:
    """Read organ and date below the masthead of minutes and bulletins: 「甲市人民政府办公室　2025年2月18日」."""
    for line in source.head:
        found = dated_organ(line)
        if found:
            organ, date = found
            yield Fact("issuer", first_organ(organ), line.text, "body", 0.7)
            yield Fact("signed_on", date, line.text, "body", 0.7)


def _cover(source: FactSource) -> Iterator[Line]:
    """Yield the lines above the first sentence, section, table or table of contents."""
    yield from source.head
    for line in source.body[:_LETTERHEAD]:
        text = line.text
        if line.table or "。" in text or text.endswith(("：", ":")) or read_label(text) or is_contents_heading(text):
            return
        yield line


def read_letterhead(source: FactSource) -> Iterator[Fact]:
    """Read the organ on a line of its own above the title, and that of 「甲县政府 函」, a letter of Taiwan.

    A formal name above a title that begins with a shorter one of the same place (「甲市法院2024年…」) is the issuer.
    """
    for line in (*source.title_lines, *source.head, *source.body)[: _LETTERHEAD + 1]:
        match = _LETTER.match(line.text)
        if match and is_organ(match[1]):
            yield Fact("issuer", match[1], line.text, "body", 0.93)
    for line in source.head[:_LETTERHEAD]:
        if not line.table and is_organ(line.text) and len(line.text) >= 4:
            shorter = leading_organ(source.title or "") or ""
            same_place = len(shorter) < len(line.text) and shorter[:2] == line.text[:2]
            yield Fact("issuer", first_organ(line.text), line.text, "body", 0.62 if same_place else 0.55)


def read_standard(source: FactSource) -> Iterator[Fact]:
    """Read days and organs on the cover of a standard: 「2012-06-29 发布」, 「中国人民银行 发布」 (GB/T 1.1-2020)."""
    cover = (*source.head, *source.body[:_LETTERHEAD])
    numbered = any(is_standard_number(line.text) for line in cover)
    for line in cover:
        text = line.text
        published = _PUBLISHED.search(text) if numbered and text.endswith("发布") and not line.table else None
        if published:
            yield from _publishers(text[: published.start()].strip(), text)
        dates = find_dates(text) if not line.table and len(text) <= 50 and text.endswith(("发布", "实施")) else []
        for date, _, end in dates:
            field = {"发布": "published_on", "实施": "effective_on"}.get(text[end:].strip()[:2])
            if field and len(date) == 10:
                yield Fact(field, date, text, "body", 0.9)


def _publishers(organs: str, text: str) -> Iterator[Fact]:
    if all(map(is_organ, organs.split("、"))) and not _SENTENCE.search(organs):
        yield Fact("issuer", first_organ(organs), text, "body", 0.5)
        yield from read_joint_organs(organs, "body", 0.5)


def read_officer(source: FactSource) -> Iterator[Fact]:
    """Read the day of an order signed above the text it promulgates: 「市长：某某某」, and the date below."""
    for line, below in pairwise((*source.head, *source.body[:_LETTERHEAD])):
        date = read_whole_date(below.text) if is_officer(line.text) else None
        if date and len(date) == 10:
            yield Fact("signed_on", date, below.text, "signature", 0.9)


READERS: tuple[Reader, ...] = (
    read_labels,
    read_number_line,
    read_statute,
    read_signature,
    read_title_organ,
    read_own_paper,
    read_head_date,
    read_issue_line,
    read_publication,
    read_redhead,
    read_addressees,
    read_copied_to,
    read_co_issuers,
    read_effect,
    read_parties,
    read_contract_day,
    read_imprint,
    read_letterhead,
    read_standard,
    read_officer,
)


def read_record(source: FactSource) -> dict[str, Fact]:
    """Return the surest fact of each field that any reader found."""
    facts = [fact for reader in READERS for fact in reader(source)]
    record = best((*facts, *read_label_tables(source.body, facts)))
    begins = record.get("effective_on")
    return best((*record.values(), *read_expiry(source, begins.value if begins else None)))
