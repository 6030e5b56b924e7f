"""Statistics that documents state, as rows across documents; the same for every index."""

from collections.abc import Iterator
from dataclasses import replace

from schemas.articles import Statistic
from schemas.queries import StatisticRow, StatisticsQuery
from schemas.records import ArticleSummary, DocumentRecord

# Longer than any name; the server refuses patterns of some hundred characters.
MAX_LENGTH = 60


def clamp(query: StatisticsQuery) -> StatisticsQuery:
    """Return ``query`` within an index's limits: short, valid Unicode."""
    texts = {name: getattr(query, name) for name in ("subject", "measure", "issuer", "prefix")}
    clean = {name: text.encode(errors="replace").decode() for name, text in texts.items() if text is not None}
    # Only the prefix of a key may be longer.
    short = {name: text if name == "prefix" else text[:MAX_LENGTH] for name, text in clean.items()}
    return replace(query, **short)


def statistic_rows(record: DocumentRecord, query: StatisticsQuery) -> Iterator[StatisticRow]:
    """Yield the statistics of ``record`` that match ``query``, in text order; the prefix of ``query`` is ignored."""
    for article in record.articles:
        if query.issuer in (None, article.issuer):
            rows = (_row(record, article, each) for each in article.statistics)
            yield from (row for row in rows if _fits(row, query))


def _fits(row: StatisticRow, query: StatisticsQuery) -> bool:
    return (
        (query.subject or "") in row.subject and (query.measure or "") in row.measure and query.year in (None, row.year)
    )


def _row(record: DocumentRecord, article: ArticleSummary, statistic: Statistic) -> StatisticRow:
    dated = article.signed_on or article.published_on or ""
    return StatisticRow(
        document_id=record.id,
        article=article.ordinal,
        key=record.key,
        title=article.title,
        issuer=article.issuer,
        subject=statistic.subject,
        measure=statistic.measure,
        value=statistic.value,
        unit=statistic.unit,
        year=statistic.year or (int(dated[:4]) if dated[:4].isdecimal() else None),
        evidence=statistic.evidence,
        table=statistic.table,
    )
