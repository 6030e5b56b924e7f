"""What the office computes is the same on every index: one set of documents, the right answer written by hand."""

import datetime

from schemas.office.assessment import Counted
from schemas.office.catalogues.columns import Column
from schemas.office.catalogues.standard import StandardItem
from schemas.office.deadlines import DeadlineState
from schemas.office.facts import SHOWN, FactField
from schemas.office.output.gazette import Period
from schemas.office.validity import Change, Source, Statement
from schemas.records import DocumentRecord, document_id
from search.office.assessment.assess import Month, assess_month
from search.office.assessment.documents import counted_documents
from search.office.assessment.rules_file import load_rules
from search.office.catalogue.columns.matrix import Selection, count_columns, find_column_entries
from search.office.catalogue.columns.review import review_columns
from search.office.catalogue.entries import Cell, count_catalogue, find_entries
from search.office.catalogue.guide.check import check_guides, find_guides
from search.office.deadlines.calendar import load_calendar
from search.office.deadlines.publication import publication_deadlines
from search.office.letters.count import LetterSelection, count_letters, find_letters
from search.office.output.gazette.items import find_items
from search.office.output.harvest.provider import answer
from search.office.output.harvest.site import Site
from search.office.publication.listed import review_shown
from search.office.standard.matches import match_items
from search.office.validity.sources import find_sources
from search.office.validity.verdicts import find_verdicts
from search.protocol import Index
from tests.contract.office.conftest import DOCUMENTS, EDUCATION, FINANCE, GUIDE, LETTER, NEW, OLD

TODAY = datetime.date(2026, 11, 29)
BUDGET = Column(1, "预算", ("预算",), frozenset(), (), (), None)
RULES = Column(2, "办法", (), frozenset({"办法"}), (), ("财政局/",), 14)


def test_the_catalogue_counts_by_class_and_leads_to_the_documents(office: Index) -> None:
    matrix = count_catalogue(office, Cell(), today=TODAY.isoformat())
    rows = {(row.issuer, row.year): dict(row.counts) for row in matrix.rows}
    assert rows[EDUCATION, "2026"][7] == 1
    assert rows[FINANCE, "2026"] == {7: 1, 0: 1}
    assert [one.title for one in find_entries(office, Cell(EDUCATION, "2026", 7))] == ["2026年部門預算"]
    assert sum(row.documents for row in matrix.rows) == len(DOCUMENTS)


def test_deadlines_name_what_was_published_late(office: Index) -> None:
    where = {FactField.STATE: (SHOWN,), FactField.YEAR: ("2026",)}
    late = list(publication_deadlines(office, load_calendar(), where, today=TODAY, states=(DeadlineState.LATE,)))
    assert [(one.document, one.due_on and one.due_on.isoformat()) for one in late] == [
        ("教育局/c预算.txt", "2026-08-31")
    ]


def test_a_repeal_is_carried_over_to_what_it_names(office: Index) -> None:
    said = Statement(Change.REPEALS, OLD, None, (), None, f"《{OLD}》同时废止")

    def source_of(record: DocumentRecord) -> Source | None:
        own = (said,) if record.key == "教育局/b办法.txt" else ()
        return Source(record.key, record.id, record.articles[0].title or "", "2026-10-08", statements=own)

    found = find_verdicts(office, find_sources(office, source_of))
    assert [(one.target.key, one.since, one.source.title) for one in found] == [("教育局/a办法.txt", "2026-10-08", NEW)]


def test_a_month_is_assessed_and_its_figures_lead_to_documents(office: Index) -> None:
    month = Month(office, "2026-10", load_rules(), load_calendar(), TODAY)
    scores = {one.unit: one.counts for one in assess_month(month).scores}
    education = {name: scores[EDUCATION].get(name, 0) for name in (Counted.PUBLISHED, Counted.LATE, Counted.ANSWERED)}
    assert education == {Counted.PUBLISHED: 2, Counted.LATE: 1, Counted.ANSWERED: 1}
    assert [one.document for one in counted_documents(month, Counted.LATE)] == ["教育局/c预算.txt"]
    assert [one.note for one in counted_documents(month, Counted.ANSWERED_LATE)] == [
        "2026-10-09答复，2026-08-03收到申请，应于2026-08-31前答复"
    ]
    assert [one.document_id for one in counted_documents(month, Counted.HELD)] == [document_id("教育局/h.txt")]


def test_columns_are_counted_by_sub_site_and_those_gone_stale_named(office: Index) -> None:
    columns = (BUDGET, RULES)
    matrix = count_columns(find_column_entries(office, columns, Selection()), today=TODAY.isoformat())
    assert {(row.site, row.year): dict(row.counts) for row in matrix.rows} == {
        ("", "2026"): {1: 1},
        ("教育局", "2015"): {2: 1},
        ("教育局", "2020"): {0: 1},
        ("教育局", "2026"): {1: 1, 2: 1, 0: 1},
        ("财政局", "2026"): {2: 1},
    }
    assert [one.key for one in find_column_entries(office, columns, Selection(site="/", number=1))] == ["g预算.txt"]
    assert next(one.rule.code for one in review_columns(columns, matrix, today=TODAY)) == "column.stale"


def test_guides_the_negative_list_and_a_standard_catalogue_find_theirs(office: Index) -> None:
    guides = list(find_guides(office))
    assert [(one.title, one.text) for one in guides] == [(GUIDE, "机构名称：某市教育局")]
    assert len(list(check_guides(guides, today=TODAY))) > 1
    assert [one.evidence[0].document for one in review_shown(office)] == ["财政局/f请示.txt"]
    assert list(review_shown(office, issuer=EDUCATION)) == []
    item = StandardItem("1", "财政", "部门预算", "", "", "", "", on_request=False, place="表1第1行")
    (matched,) = match_items(office, [item])
    assert (matched.count, [one.document for one in matched.newest]) == (2, ["教育局/c预算.txt", "g预算.txt"])


def test_letters_are_counted_by_their_results_and_listed(office: Index) -> None:
    assert [(one.unit, one.year, dict(one.results)) for one in count_letters(office, LetterSelection())] == [
        (EDUCATION, "2026", {4: 1})
    ]
    (letter,) = find_letters(office, LetterSelection(result=4))
    assert (letter.title, letter.letter.received_on) == (LETTER, "2026-08-03")


def test_a_gazette_and_a_harvester_get_what_is_shown(office: Index) -> None:
    items = find_items(office, Period("2026-10-01", "2026-10-31"))
    assert [one.record.key for one in items] == ["教育局/b办法.txt", "教育局/d答复.txt", "财政局/f请示.txt"]
    site = Site("https://example.gov.cn")
    told = answer(office, site, (("verb", "ListIdentifiers"), ("metadataPrefix", "oai_dc"))).decode()
    assert told.count("<oai:identifier>") == len(DOCUMENTS) + 1
    assert told.count('status="deleted"') == 1
    assert document_id("教育局/a办法.txt") in told
