"""Collapse near-duplicates on a page of hits to the best of them; the same for every index.

Documents with identical text share a fingerprint, and the index collapses them itself (``row_keys.collapse_key``).
Others are compared here by their signatures, among the hits of one page, unless their 文号 or issuers differ: offices
that fill in the same form write nearly the same text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from schemas.queries import DocumentHit
from search.query.analysis import squeeze
from search.query.numbers.document_numbers import number_key
from search.results.near_duplicates import near

Signatures = Mapping[tuple[str, int], str | None]


@dataclass(slots=True)
class _Shown:
    hit: DocumentHit
    signature: str | None
    others: int


def collapse_near_duplicates(hits: Iterable[DocumentHit], signatures: Signatures) -> tuple[DocumentHit, ...]:
    """Return ``hits`` without near-duplicates of a better hit, which adds their number and the copies they counted.

    Args:
        hits: Best first.
        signatures: ``ArticleSummary.signature`` by document and article.
    """
    kept: list[_Shown] = []
    for hit in hits:
        signature = signatures.get((hit.document_id, hit.article))
        same = next((each for each in kept if near(each.signature, signature) and _may_be(each.hit, hit)), None)
        if same is None:
            kept.append(_Shown(hit, signature, hit.others))
        else:
            same.others += 1 + hit.others
    return tuple(replace(shown.hit, others=shown.others) for shown in kept)


def _may_be(one: DocumentHit, other: DocumentHit) -> bool:
    """Return whether two hits may be of one document: the values that both state are equal."""
    numbers, issuers = (one.document_number, other.document_number), (one.issuer, other.issuer)
    if all(numbers) and len({number_key(each) for each in numbers if each}) > 1:
        return False
    return not all(issuers) or len({squeeze(each) for each in issuers if each}) == 1
