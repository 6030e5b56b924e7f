"""The facts the office counts: both indexes count what a scan over them counts, after replacing and removing too."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from schemas.office.facts import GUIDE, HELD, NEGATIVE, SHOWN, FactCount, FactField, FactFilter
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.protocol import Index
from tests.support.disclosures import row_of
from tests.support.fakes.index import MemoryIndex

TITLES = (
    "2025年部门预算",
    "某市公共租赁住房管理办法",
    "某市政府信息公开指南",
    "关于经費的请示",
    "关于开会的通知",
    "教育经费预算",
    None,
)
DATES = (None, "2024", "2025-03", "2025-03-04", "2025-03-28", "2031-01-01", "2024-12-31")
LETTER = "某市教育局政府信息公开申请答复书"
GROUPS: tuple[tuple[FactField, ...], ...] = (
    (FactField.UNIT, FactField.YEAR),
    (FactField.UNIT, FactField.YEAR, FactField.CLASSES),
    (FactField.SIGNED_ON, FactField.PUBLISHED_ON),
    (FactField.LACKS,),
    (FactField.STATE, FactField.FOLDER, FactField.MONTH),
    (FactField.RESULTS, FactField.RECEIVED_ON, FactField.CLOCK),
)
WHERES: tuple[FactFilter, ...] = (
    {},
    {FactField.STATE: (SHOWN,), FactField.UNIT: ("某市教育局", "某市财政局")},
    {FactField.CLASSES: ("7",)},
    {FactField.CLASSES: ("1", "11"), FactField.YEAR: ("2025",)},
    {FactField.MONTH: ("2025-03",), FactField.LACKS: ("document_number",)},
    {FactField.STATE: (HELD,)},
    {FactField.LISTED: (GUIDE, NEGATIVE)},
    {FactField.UNIT: ()},
)


def documents() -> list[tuple[DocumentRecord, list]]:
    """Return made documents with their rows: several articles, letters, held and failed ones."""
    dice = random.Random(20261129)
    made = []
    for number in range(60):
        key = f"{dice.choice(('教育局/', '财政局/', ''))}{number:02}.txt"
        state = dice.choice((State.INDEXED, State.INDEXED, State.PARTIAL, State.HELD, State.FAILED))
        articles = tuple(_article(dice, ordinal) for ordinal in range(dice.randint(1, 3)))
        record = DocumentRecord(document_id(key), key, "1", state, size=1, content="c", format="txt")
        if not state.is_searchable:
            made.append((replace(record, modified_at=1_743_000_000.0 + number * 86_400), []))
            continue
        rows = [row_of(key, one.ordinal, 0, _text(dice), title=one.title, issuer=one.issuer) for one in articles]
        made.append((replace(record, articles=articles, sections=len(rows)), rows))
    return made


def _article(dice: random.Random, ordinal: int) -> ArticleSummary:
    return ArticleSummary(
        ordinal,
        dice.choice((*TITLES, LETTER)),
        issuer=dice.choice(("某市教育局", "某市财政局", None)),
        document_number=dice.choice((None, "某政发〔2025〕1号")),
        signed_on=dice.choice(DATES),
        published_on=dice.choice(DATES),
        kind=dice.choice((None, "办法")),
        sections=1,
    )


def _text(dice: random.Random) -> str:
    item = dice.choice("一二三四五六七")
    return f"本局于2025年3月{dice.randint(1, 9)}日收到您的申请。根据《条例》第三十六条第（{item}）项，答复如下。"


def both(index: Index) -> MemoryIndex:
    """Put the documents into the index, and return the scan over the same ones."""
    scan = MemoryIndex()
    for record, rows in documents():
        index.replace(record, rows)
        scan.replace(record, rows)
    index.refresh()
    return scan


def counted(index: Index | MemoryIndex, by: Sequence[FactField], where: FactFilter) -> list[FactCount]:
    return list(index.count_facts(by, where))


def test_counts_are_those_of_a_scan_in_order(index: Index) -> None:
    scan = both(index)
    for by in GROUPS:
        for where in WHERES:
            found = counted(index, by, where)
            assert found == counted(scan, by, where), (by, where)
            assert all(one.values < other.values for one, other in pairwise(found))
    assert sum(one.count for one in counted(scan, GROUPS[0], {})) > 80


def test_records_are_those_that_have_the_facts_by_key(index: Index) -> None:
    scan = both(index)
    for where in WHERES:
        assert [one.key for one in index.records_with(where)] == [one.key for one in scan.records_with(where)]
        assert list(index.list_facts(where)) == list(scan.list_facts(where))
    assert list(index.records_with({FactField.CLASSES: ("7",)}))


def test_the_newest_of_each_unit_and_classes_is_dated_no_later_than_asked(index: Index) -> None:
    scan = both(index)
    for until in ("2026-11-29", "2025-03-10", "2023-01-01"):
        found = sorted(index.newest_facts({}, until=until), key=lambda one: (one.unit, one.classes))
        assert found == list(scan.newest_facts({}, until=until))
    alone = {one.unit for one in index.newest_facts({FactField.UNIT: ("某市教育局",)}, until="2026-11-29")}
    assert alone == {"某市教育局"}


def test_facts_go_with_their_document(index: Index) -> None:
    both(index)
    shown = next(record for record, _ in documents() if record.state is State.INDEXED)
    units = {FactField.STATE: (SHOWN,)}
    before = sum(one.count for one in counted(index, (FactField.UNIT,), units))
    index.replace(replace(shown, articles=shown.articles[:1]), [])
    index.refresh()
    after = sum(one.count for one in counted(index, (FactField.UNIT,), units))
    assert after == before - len(shown.articles) + 1
    index.take_down(replace(shown, state=State.REMOVED, articles=(), sections=0))
    index.refresh()
    assert sum(one.count for one in counted(index, (FactField.UNIT,), units)) == after - 1
    held = next(record for record, _ in documents() if record.state is State.HELD)
    index.forget([held.id])
    index.refresh()
    assert held.key not in [one.key for one in index.records_with({FactField.STATE: (HELD,)})]
