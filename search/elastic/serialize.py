"""Records and rows as Elasticsearch stores them: their JSON plus the values derived for searching."""

from collections.abc import Sequence
from typing import Any

from schemas.codec import decode_object, encode
from schemas.office.facts import FACT_NAMES, LISTS, Fact, FoundFact, fact_place, list_values
from schemas.records import DocumentRecord, SectionRow
from search.office.facts import make_facts
from search.query.analysis import fold
from search.query.lexicon import Segmenter
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key
from search.results.autocomplete import terms
from search.results.citations import document_cites, document_names
from search.results.row_keys import article_key, collapse_key, cut_key, day_number, hash63, row_numbers
from search.results.statutes import is_statute


def line(value: dict[str, Any]) -> bytes:
    """Return ``value`` as one line of a bulk request; msgspec takes an eighth of the time of ``json``."""
    return encode(value)


def row_source(row: SectionRow, segmenter: Segmenter) -> bytes:
    """Return the source stored for ``row``; ``segmenter`` cuts its names into words."""
    derived: dict[str, Any] = {
        "group": hash63(article_key(row)),
        "fold": hash63(collapse_key(row)),
        "key_order": cut_key(row.key),
    }
    if day := day_number(row):
        derived["day"] = day
    if row.document_number is not None:
        derived["number_key"] = number_key(row.document_number)
    if row.path:
        derived["path_words"] = " ".join(word for label in row.path for word in segmenter.words(label))
    if row.title is not None:
        derived["title_words"] = " ".join(segmenter.words(row.title))
        derived["title_key"] = title_key(row.title)
        if is_statute(fold(row.title)):
            derived["statute"] = True
    derived.update({name: keys for name, keys in row_numbers(row).items() if keys})
    return _add_members(encode(row), derived)


def record_source(record: DocumentRecord, rows: Sequence[SectionRow]) -> bytes:
    """Return the source stored for ``record``; its suggestions come from ``rows``."""
    derived: dict[str, Any] = {"key_order": cut_key(record.key)}
    if facts := [_fact_source(record.id, fact) for fact in make_facts(record, rows)]:
        derived["facts"] = facts
    if rows:
        statistics = [each for article in record.articles for each in article.statistics]
        lists = {
            "starts": terms(rows),
            "names": document_names(record),
            "cites": document_cites(record),
            "subjects": {each.subject for each in statistics},
            "measures": {each.measure for each in statistics},
            "issuers": {article.issuer for article in record.articles if article.issuer} if statistics else (),
        }
        derived.update({name: list(values) for name, values in lists.items() if values})
    return _add_members(encode(record), derived)


def _fact_source(document: str, fact: Fact) -> dict[str, Any]:
    """Return a fact as it is stored: its lists also value by value, and keys to find the newest by."""
    values = {name: getattr(fact, name) for name in FACT_NAMES}
    lists = {f"{name}_each": list_values(values[name]) for name in LISTS}
    places = {
        "place": fact_place(document, fact.article),
        "signed_place": fact_place(document, fact.article, fact.signed_on),
        "published_place": fact_place(document, fact.article, fact.published_on),
    }
    return {**values, **lists, **places}


def read_facts(source: dict[str, Any]) -> list[FoundFact]:
    """Return the facts a source holds, by article."""
    facts = (Fact(**{name: stored[name] for name in FACT_NAMES}) for stored in source.get("facts", ()))
    return [FoundFact(source["key"], source["id"], fact) for fact in sorted(facts, key=lambda one: one.article)]


def read_row(source: dict[str, Any]) -> SectionRow:
    """Return the row a source holds."""
    return decode_object(SectionRow, source)


def _add_members(encoded: bytes, derived: dict[str, Any]) -> bytes:
    """Return the JSON object ``encoded`` with the members of ``derived`` added, without parsing it."""
    return encoded[:-1] + b"," + line(derived)[1:]
