"""The facts of a document, derived from its record and rows when an index takes it: counting reads no record."""

import datetime
from collections.abc import Iterator, Sequence

from schemas.office.catalogue import UNSTATED
from schemas.office.catalogues.guide import GuideKind
from schemas.office.facts import CATALOGUE, GUIDE, HELD, MAX_TITLE, NEGATIVE, SHOWN, Fact
from schemas.office.letters import Letter
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, SectionRow
from search.office.catalogue.classes import class_numbers, plain_title
from search.office.catalogue.guide.items import kind_of
from search.office.letters.reader import is_letter, read_letter
from search.office.publication.negative import find_by_title

FACTS_VERSION = 2
"""Raise it, and ``VERSION`` in ``search.elastic.mapping``, where a change here or in a table of words changes facts."""

RECORD_FIELDS = ("title", "issuer", "document_number", "index_number", "signed_on", "published_on", "genre")
"""The fields of a record that can be asked to be complete, by their names in ``schemas.glossary``."""

_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_MONTH, _YEAR = len("2025-03"), len("2025")


def make_facts(record: DocumentRecord, rows: Sequence[SectionRow]) -> Iterator[Fact]:
    """Yield the facts of a document; a failed or removed one has none."""
    folder = record.key.partition("/")[0] if "/" in record.key else ""
    if record.state is State.HELD:
        written = datetime.datetime.fromtimestamp(record.modified_at, _CHINA).strftime("%Y-%m")
        yield Fact(0, HELD, UNSTATED, month=written, folder=folder)
    elif record.state.is_searchable:
        for article in record.articles:
            yield _article_fact(article, [row for row in rows if row.article == article.ordinal], folder)


def needs_rows(record: DocumentRecord) -> bool:
    """Return whether the facts of a document depend on its rows: those of letters do."""
    return any(is_letter(article.title) for article in record.articles)


def _article_fact(article: ArticleSummary, rows: Sequence[SectionRow], folder: str) -> Fact:
    signed, published = article.signed_on or "", article.published_on or ""
    dated = signed or published
    letter, title = read_letter(article.title, rows), article.title or ""
    return Fact(
        article=article.ordinal,
        state=SHOWN,
        unit=article.issuer or UNSTATED,
        year=dated[:_YEAR] or UNSTATED,
        dated=_month(dated),
        month=_month(published),
        signed_on=signed,
        published_on=published,
        classes=" ".join(map(str, class_numbers(article.title, article.kind))),
        lacks=" ".join(_lacks(article)),
        folder=folder,
        listed=" ".join(_listed(title)),
        kind=article.kind or "",
        title=title[:MAX_TITLE],
        plain=plain_title(title)[:MAX_TITLE],
        **_letter_values(letter),
    )


def _listed(title: str) -> Iterator[str]:
    kind = kind_of(title)
    if kind is not None:
        yield GUIDE if kind is GuideKind.GUIDE else CATALOGUE
    if any(find_by_title(title)):
        yield NEGATIVE


def _letter_values(letter: Letter | None) -> dict[str, str]:
    if letter is None:
        return {}
    results = " ".join(map(str, letter.results))
    return {"results": results, "received_on": letter.received_on or "", "clock": letter.clock}


def _lacks(article: ArticleSummary) -> list[str]:
    title = None if article.title_derived else article.title
    values = (
        title,
        article.issuer,
        article.document_number,
        article.index_number,
        article.signed_on,
        article.published_on,
        article.kind,
    )
    return [name for name, value in zip(RECORD_FIELDS, values, strict=True) if not value]


def _month(date: str) -> str:
    return date[:_MONTH] if len(date) >= _MONTH else ""
