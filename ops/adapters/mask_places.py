"""Where masked text stands on the pages of an original: what has to be covered before a page is shown.

Only places that are sure count: a page is shown with everything masked covered, or not at all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import chain

from schemas.articles import Finding
from schemas.blocks import Block, Converted
from schemas.drawings import Secret
from workers.extract.sensitive.personal import findings_in
from workers.extract.sensitive.personal_addresses import address_findings
from workers.pipeline.mask_policy import mask_text, masked_spans

# A shorter stretch might be met elsewhere on its page and count as found.
_LEAST = 7
_MOST_AROUND = 60
_BETWEEN = frozenset("-－")


def list_secrets(
    converted: Converted, findings: Collection[Finding], kinds: Collection[str]
) -> dict[int, tuple[Secret, ...]] | None:
    """Return the secrets of each page; None if the place of any is not known for sure.

    Args:
        converted: The document, not masked.
        findings: All that were found in it.
        kinds: Those that are masked.
    """
    secrets: dict[int, Counter[tuple[str, int, int]]] = defaultdict(Counter)
    known: set[tuple[str, str]] = set()
    for block in converted.blocks:
        known |= _kinds_in(block, block.text, kinds)
        if _kinds_in(block, mask_text(block.text, kinds), kinds, with_rows=False):
            return None
        for start, end in masked_spans(block.text, kinds):
            stretch = _stretch(block.text, start, end)
            if block.page is None or block.role == "hidden" or len(stretch[0]) < _LEAST:
                return None
            secrets[block.page][stretch] += 1
    wanted = {(finding.kind, finding.text) for finding in findings if finding.kind in kinds}
    if not wanted <= known:
        return None
    return {page: tuple(_counted(some)) for page, some in secrets.items()}


def shows_secrets(lines: Collection[str], kinds: Collection[str]) -> bool:
    """Return whether text that is left on a page holds anything that is masked, in its lines or across them."""
    return any(mask_text(text, kinds) != text for text in ("\n".join(lines), "".join(lines)))


def _counted(places: Counter[tuple[str, int, int]]) -> Iterator[Secret]:
    """Yield the secrets of a page; what is a part of another stands there as often as that one, too."""
    for text, start, end in places:
        times = sum(number for (whole, *_), number in places.items() if text in whole)
        yield Secret(text, start, end, times)


def _kinds_in(block: Block, text: str, kinds: Collection[str], *, with_rows: bool = True) -> set[tuple[str, str]]:
    rows: Iterator[Finding] = address_findings(block.rows) if with_rows and block.rows else iter(())
    return {(one.kind, one.text) for one in chain(findings_in(text), rows) if one.kind in kinds}


def _stretch(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return a masked span with what it is a part of, a number or an address, and its place there."""
    first, last = start, end
    while first > 0 and start - first < _MOST_AROUND and _belongs(text[first - 1]):
        first -= 1
    while last < len(text) and last - end < _MOST_AROUND and _belongs(text[last]):
        last += 1
    return text[first:last], start - first, end - first


def _belongs(sign: str) -> bool:
    return sign.isalnum() or sign in _BETWEEN
