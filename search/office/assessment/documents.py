"""The documents behind each figure of an assessment, and the findings about them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from schemas.glossary import label
from schemas.office.assessment import Counted, CountedDocument
from schemas.office.catalogue import UNSTATED, Entry
from schemas.office.facts import FactField, FactFilter
from schemas.office.findings import Finding, Quote, Rule
from schemas.records import DocumentRecord
from search.office.assessment import rules
from search.office.assessment.assess import Month, is_late, letter_due, missing_fields, publication_counts
from search.office.catalogue.entries import entry_of
from search.office.deadlines import rules as deadline_rules
from search.office.facts import make_facts, needs_rows
from search.office.validity import rules as validity_rules

RULE_OF: Mapping[Counted, Rule] = {
    Counted.LATE: deadline_rules.PUBLICATION,
    Counted.INCOMPLETE: rules.INCOMPLETE,
    Counted.HELD: rules.HELD,
    Counted.UNMARKED: validity_rules.UNMARKED,
    Counted.ANSWERED_LATE: deadline_rules.ANSWER,
}
"""The rule of each kind of document that is not as it should be."""


def counted_documents(month: Month, counted: Counted, unit: str = "") -> Iterator[CountedDocument]:
    """Yield the documents behind a figure, of one unit if one is named, by key; in constant memory."""
    yield from (one for one in _FINDERS[counted](month, counted, unit) if unit in ("", one.unit))


def assessment_findings(month: Month, unit: str = "") -> Iterator[Finding]:
    """Yield what is not as it should be, kind by kind."""
    for counted, rule in RULE_OF.items():
        for one in counted_documents(month, counted, unit):
            message = f"{one.unit}：《{one.title}》{one.note}"
            yield Finding(rule, message, (Quote(one.document, _dates(one), one.title, one.document_id),))


def _dates(one: CountedDocument) -> str:
    return f"成文日期{one.signed_on or '不明'}、发布日期{one.published_on or '不明'}"


class _Found(NamedTuple):
    """An article with its facts."""

    entry: Entry
    lacks: str
    results: str
    received_on: str
    clock: str


def _articles(month: Month, where: FactFilter, unit: str) -> Iterator[_Found]:
    for record in month.index.records_with({**where, **_unit_filter(month, unit)}):
        rows = month.index.sections(record.id) if needs_rows(record) else ()
        facts = {fact.article: fact for fact in make_facts(record, rows)}
        for article in record.articles:
            fact, entry = facts[article.ordinal], entry_of(record, article)
            yield _Found(entry, fact.lacks, fact.results, fact.received_on, fact.clock)


def _unit_filter(month: Month, unit: str) -> FactFilter:
    if not unit:
        return {}
    listed = [issuer for one in month.rules.units if one.name == unit for issuer in one.issuers]
    return {FactField.UNIT: tuple(listed) or (unit,)}


def _published(month: Month, counted: Counted, unit: str) -> Iterator[CountedDocument]:
    for found in _articles(month, month.published, unit):
        entry, own = found.entry, month.unit_of(found.entry.issuer)
        signed, published = entry.signed_on or "", entry.published_on or ""
        if own is None or not published.startswith(month.month):
            continue
        if counted in publication_counts(month, signed, published, found.lacks):
            yield _document(own, entry, _note(month, counted, found))


def _note(month: Month, counted: Counted, found: _Found) -> str:
    if counted is Counted.INCOMPLETE:
        return f"没有{'、'.join(label(name) for name in missing_fields(month.rules, found.lacks))}"
    if counted in (Counted.LATE, Counted.ON_TIME):
        word = "迟于" if counted is Counted.LATE else "不迟于"
        return f"{found.entry.published_on}公开，{word}成文日期{found.entry.signed_on}后第20个工作日"
    return f"{found.entry.published_on}公开"


def _answered(month: Month, counted: Counted, unit: str) -> Iterator[CountedDocument]:
    for found in _articles(month, month.letters, unit):
        entry, own = found.entry, month.unit_of(found.entry.issuer)
        dated = entry.signed_on or entry.published_on or ""
        if own is None or not found.results or not dated.startswith(month.month):
            continue
        due = letter_due(month.calendar, found.received_on, found.clock)
        if counted is Counted.ANSWERED:
            yield _document(
                own, entry, f"{dated}答复" + (f"，{found.received_on}收到申请" if found.received_on else "")
            )
        elif is_late(due, entry.signed_on or ""):
            yield _document(own, entry, f"{entry.signed_on}答复，{found.received_on}收到申请，应于{due}前答复")


def _held(month: Month, counted: Counted, unit: str) -> Iterator[CountedDocument]:
    for record in month.index.records_with({**month.held, **_folder_filter(month, unit)}):
        folder = record.key.partition("/")[0] if "/" in record.key else ""
        # Its key may hold what it is held for: who may see it finds it by its identifier.
        name = f"暂存文件{record.id[:8]}"
        yield CountedDocument(month.unit_of_folder(folder), record.id, record.id, name, "", "", "暂存待审，尚未公开")


def _folder_filter(month: Month, unit: str) -> FactFilter:
    """Return the folders of a unit; none for what bears no unit's name, whose folders may be any."""
    if unit in ("", UNSTATED):
        return {}
    listed = [folder for one in month.rules.units if one.name == unit for folder in one.folders]
    return {FactField.FOLDER: tuple(listed) or (unit,)}


def _unmarked(month: Month, counted: Counted, unit: str) -> Iterator[CountedDocument]:
    places = sorted(place for place, issuer in month.unmarked.items() if unit in ("", month.unit_of(issuer)))
    for start in range(0, len(places), 500):
        page = places[start : start + 500]
        records = month.index.records_of(list(dict.fromkeys(document for document, _ in page)))
        yield from _of_places(month, page, records)


def _of_places(
    month: Month, places: Sequence[tuple[str, int]], records: Mapping[str, DocumentRecord]
) -> Iterator[CountedDocument]:
    for document, ordinal in places:
        record, own = records.get(document), month.unit_of(month.unmarked[document, ordinal])
        for article in record.articles if record and own is not None else ():
            if record is not None and article.ordinal == ordinal:
                yield _document(own or UNSTATED, entry_of(record, article), "已被废止，文中没有标明")


def _document(unit: str, entry: Entry, note: str) -> CountedDocument:
    return CountedDocument(
        unit, entry.key, entry.document_id, entry.title, entry.signed_on or "", entry.published_on or "", note
    )


_FINDERS: Mapping[Counted, Callable[[Month, Counted, str], Iterator[CountedDocument]]] = {
    Counted.PUBLISHED: _published,
    Counted.ON_TIME: _published,
    Counted.LATE: _published,
    Counted.COMPLETE: _published,
    Counted.INCOMPLETE: _published,
    Counted.HELD: _held,
    Counted.UNMARKED: _unmarked,
    Counted.ANSWERED: _answered,
    Counted.ANSWERED_LATE: _answered,
}
