"""Shown documents that the negative list names: what may be kept back by 条例第十六条, found by their titles."""

from collections.abc import Iterator

from schemas.office.facts import NEGATIVE, FactField, FactFilter
from schemas.office.findings import Finding, Quote
from search.office.publication.negative import find_by_title
from search.protocol import FactStore


def review_shown(index: FactStore, *, issuer: str = "") -> Iterator[Finding]:
    """Yield a finding for each shown document of an issuer (empty: of all) that the negative list names."""
    of_issuer: FactFilter = {FactField.UNIT: (issuer,)} if issuer else {}
    for found in index.list_facts({FactField.LISTED: (NEGATIVE,), **of_issuer}):
        title = found.fact.title
        for one, word in find_by_title(title):
            message = f"已公开的《{title}》属于{one.name}（{word}）；请核对能否公开"
            yield Finding(one.rule, message, (Quote(found.key, one.name, title, found.document_id),))
