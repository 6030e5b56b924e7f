"""The documents behind each figure of an assessment, and the findings about them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from schemas.glossary import label
from schemas.office.assessment import Counted, CountedDocument
from schemas.office.catalogue import UNSTATED, Entry
from schemas.office.facts import Fact, FactField, FactFilter, FoundFact
from schemas.office.findings import Finding, Quote, Rule
from schemas.records import DocumentRecord
from search.office.assessment import rules
from search.office.assessment.assess import Month, is_late, letter_due, missing_fields, publication_counts
from search.office.catalogue.entries import entry_of, listed_entry
from search.office.deadlines import rules as deadline_rules
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


def _facts(month: Month, where: FactFilter, unit: str) -> Iterator[tuple[str, FoundFact]]:
    """Yield the selected facts of a unit (empty: of all), each with the unit it counts for."""
    for found in month.index.list_facts({**where, **_unit_filter(month, unit)}):
        own = month.unit_of(found.fact.unit)
        if own is not None:
            yield own, found


def _unit_filter(month: Month, unit: str) -> FactFilter:
    if not unit:
        return {}
    listed = [issuer for one in month.rules.units if one.name == unit for issuer in one.issuers]
    return {FactField.UNIT: tuple(listed) or (unit,)}


def _published(month: Month, counted: Counted, unit: str) -> Iterator[CountedDocument]:
    for own, found in _facts(month, month.published, unit):
        fact = found.fact
        if counted in publication_counts(month, fact.signed_on, fact.published_on, fact.lacks):
            yield _document(own, listed_entry(found), _note(month, counted, fact))


def _note(month: Month, counted: Counted, fact: Fact) -> str:
    if counted is Counted.INCOMPLETE:
        return f"没有{'、'.join(label(name) for name in missing_fields(month.rules, fact.lacks))}"
    if counted in (Counted.LATE, Counted.ON_TIME):
        word = "迟于" if counted is Counted.LATE else "不迟于"
        return f"{fact.published_on}公开，{word}成文日期{fact.signed_on}后第20个工作日"
    return f"{fact.published_on}公开"


def _answered(month: Month, counted: Counted, unit: str) -> Iterator[CountedDocument]:
    for own, found in _facts(month, month.letters, unit):
        fact, entry = found.fact, listed_entry(found)
        due = letter_due(month.calendar, fact.received_on, fact.clock)
        if counted is Counted.ANSWERED:
            dated, received = fact.signed_on or fact.published_on, fact.received_on
            yield _document(own, entry, f"{dated}答复" + (f"，{received}收到申请" if received else ""))
        elif is_late(due, fact.signed_on):
            yield _document(own, entry, f"{fact.signed_on}答复，{fact.received_on}收到申请，应于{due}前答复")


def _held(month: Month, counted: Counted, unit: str) -> Iterator[CountedDocument]:
    for found in month.index.list_facts({**month.held, **_folder_filter(month, unit)}):
        # Its key may hold what it is held for: who may see it finds it by its identifier.
        identifier = found.document_id
        name, own = f"暂存文件{identifier[:8]}", month.unit_of_folder(found.fact.folder)
        yield CountedDocument(own, identifier, identifier, name, "", "", "暂存待审，尚未公开")


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
