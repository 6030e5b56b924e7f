"""Citations between articles, matched by normalised 文号 and title; the same for every index."""

from collections.abc import Collection, Iterator

from schemas.queries import ArticleLink
from schemas.records import ArticleSummary, DocumentRecord
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key

# A shorter title identifies no document: 《办法》 may be any.
MIN_TITLE_LENGTH = 4


def names(article: ArticleSummary) -> tuple[str, ...]:
    """Return the names an article may be cited by: its 文号, its title, and its title without the leading issuer."""
    found = [number_key(article.document_number)] if article.document_number else []
    if article.title and not article.title_derived:
        titles = [article.title, article.title.removeprefix(article.issuer or "")]
        found += [key for key in map(title_key, titles) if len(key) >= MIN_TITLE_LENGTH]
    return tuple(dict.fromkeys(found))


def document_names(record: DocumentRecord) -> tuple[str, ...]:
    """Return the names any article of a document may be cited by."""
    return tuple(dict.fromkeys(name for article in record.articles for name in names(article)))


def document_cites(record: DocumentRecord) -> tuple[str, ...]:
    """Return the names any article of a document cites."""
    return tuple(dict.fromkeys(key for article in record.articles for key in article.cites))


def citing_links(record: DocumentRecord, wanted: Collection[str], *, but: tuple[str, int]) -> Iterator[ArticleLink]:
    """Yield the articles of ``record`` that cite one of ``wanted``, except the article ``but``."""
    for article in record.articles:
        if (record.id, article.ordinal) != but and not set(wanted).isdisjoint(article.cites):
            yield link(record, article)


def cited_links(record: DocumentRecord, wanted: Collection[str]) -> Iterator[ArticleLink]:
    """Yield the articles of ``record`` that have one of the names ``wanted``."""
    return (link(record, article) for article in record.articles if not set(wanted).isdisjoint(names(article)))


def link(record: DocumentRecord, article: ArticleSummary) -> ArticleLink:
    """Return a link to an article of ``record``."""
    return ArticleLink(
        document_id=record.id,
        article=article.ordinal,
        key=record.key,
        title=article.title,
        issuer=article.issuer,
        document_number=article.document_number,
        signed_on=article.signed_on,
        published_on=article.published_on,
    )
