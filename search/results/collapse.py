"""Of documents that are nearly the same a page of hits shows the best; the same for every index.

Those whose text is the same to the letter share a fingerprint, and an index finds them itself (``rows.fold_key``). The
others are told by their signatures, here, among the hits of one page, unless their 文号 or issuers differ: offices that
fill in one form write nearly the same text.
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
    """Return ``hits`` without those nearly the same as a better one, which counts them and what they count.

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
    """Tell whether two hits may be of one document: what both say of it is equal."""
    numbers, issuers = (one.document_number, other.document_number), (one.issuer, other.issuer)
    if all(numbers) and len({number_key(each) for each in numbers if each}) > 1:
        return False
    return not all(issuers) or len({squeeze(each) for each in issuers if each}) == 1
