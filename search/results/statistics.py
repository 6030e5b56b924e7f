"""Numbers that documents state, as rows across documents; the same for every index."""

from collections.abc import Iterator
from dataclasses import replace

from schemas.articles import Statistic
from schemas.queries import StatisticRow, StatisticsQuery
from schemas.records import ArticleSummary, DocumentRecord

# Longer than anything that is counted; a server refuses patterns of some hundred characters.
MAX_LENGTH = 60


def clamp(query: StatisticsQuery) -> StatisticsQuery:
    """Return ``query`` within what an index can be asked: short text that is Unicode."""
    texts = {name: getattr(query, name) for name in ("subject", "measure", "issuer", "prefix")}
    clean = {name: text.encode(errors="replace").decode() for name, text in texts.items() if text is not None}
    # What is counted is never as long; the prefix of a key may be.
    short = {name: text if name == "prefix" else text[:MAX_LENGTH] for name, text in clean.items()}
    return replace(query, **short)


def statistic_rows(record: DocumentRecord, query: StatisticsQuery) -> Iterator[StatisticRow]:
    """Yield the numbers of ``record`` that ``query`` asks for, in order of place; its prefix is not looked at."""
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
