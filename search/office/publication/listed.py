"""Shown documents that the negative list names: what may be kept back by 条例第十六条, found by their titles."""

from collections.abc import Iterator

from schemas.office.findings import Finding, Quote
from search.office.publication.negative import find_by_title
from search.office.shown import find_shown
from search.protocol import RecordStore


def review_shown(index: RecordStore, *, issuer: str = "") -> Iterator[Finding]:
    """Yield a finding for each shown document of an issuer (empty: of all) that the negative list names."""
    for record in find_shown(index):
        for article in record.articles:
            if issuer not in ("", article.issuer):
                continue
            for one, word in find_by_title(article.title or ""):
                message = f"已公开的《{article.title}》属于{one.name}（{word}）；请核对能否公开"
                yield Finding(one.rule, message, (Quote(record.key, one.name, article.title or "", record.id),))
