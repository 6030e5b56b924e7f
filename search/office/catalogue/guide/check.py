"""Guides and catalogues checked: items that are not there or left blank, and documents that are not there or old."""

import datetime
from collections.abc import Iterable, Iterator

from schemas.office.catalogues.guide import GuideKind, GuideText
from schemas.office.facts import CATALOGUE, GUIDE, FactField, FactFilter, FoundFact
from schemas.office.findings import Finding, Quote
from search.office.catalogue.guide import rules
from search.office.catalogue.guide.items import ITEMS, GuideItem, kind_of
from search.office.catalogue.review import months_before
from search.protocol import Index

MONTHS = 12
_SHOWN = 60
_RULES = {GuideKind.GUIDE: rules.GUIDE_ITEM, GuideKind.CATALOGUE: rules.CATALOGUE_ITEM}


def find_guides(index: Index, *, issuer: str = "") -> Iterator[GuideText]:
    """Yield the guides and catalogues of the index, of one issuer or of all."""
    of_issuer: FactFilter = {FactField.UNIT: (issuer,)} if issuer else {}
    for found in index.list_facts({FactField.LISTED: (GUIDE, CATALOGUE), **of_issuer}):
        fact, kind = found.fact, kind_of(found.fact.title)
        if kind is not None:
            dated = max(fact.signed_on, fact.published_on)
            yield GuideText(found.key, found.document_id, fact.title, kind, _text(index, found), dated)


def check_guides(found: Iterable[GuideText], *, today: datetime.date, months: int = MONTHS) -> Iterator[Finding]:
    """Yield what guides and catalogues lack, which are old, and whether there are any at all."""
    since, kinds = months_before(today, months).isoformat(), set()
    for one in found:
        kinds.add(one.kind)
        yield from check_guide(one)
        if one.dated and one.dated < since[: len(one.dated)]:
            message = f"公开{one.kind}的日期是{one.dated}，{since}以来没有更新；请核对"
            yield Finding(rules.STALE, message, (Quote(one.document, "日期", one.title, one.document_id),))
    for kind in GuideKind:
        if kind not in kinds:
            message = f"没有一件文件的标题是政府信息公开{kind}；请编制并公布，或核对标题"
            yield Finding(rules.NONE, message, (Quote("全部文件", f"公开{kind}", ""),))


def check_guide(one: GuideText) -> Iterator[Finding]:
    """Yield the items that a guide or catalogue does not hold."""
    for item in ITEMS:
        if item.kind is one.kind and not item.held.search(one.text):
            yield _finding(one, item)


def _finding(one: GuideText, item: GuideItem) -> Finding:
    labelled = item.label.search(one.text) if item.label else None
    if labelled:
        line = one.text[one.text.rfind("\n", 0, labelled.start()) + 1 :].partition("\n")[0].strip()[:_SHOWN]
        message, quote = f"公开{one.kind}写了「{labelled.group()}」而没有内容：{item.name}；请补上", line
    else:
        message, quote = f"公开{one.kind}没有写{item.name}；请补上", ""
    return Finding(_RULES[one.kind], message, (Quote(one.document, item.name, quote or one.title, one.document_id),))


def _text(index: Index, found: FoundFact) -> str:
    rows = (row for row in index.sections(found.document_id) if row.article == found.fact.article)
    return "\n".join("\n".join(filter(None, (f"{row.number or ''}{row.heading or ''}", row.text))) for row in rows)
