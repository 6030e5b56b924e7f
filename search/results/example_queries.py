"""Three examples of queries for the entry page, made from documents that are there, so that each finds something."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.queries import DocumentHit
from search.query.parser import parse

# A longer title makes an example that nobody reads.
LONGEST_TITLE = 30
_MARKS = frozenset("\"“”「」『』'‘’:：|()（）")


@dataclass(frozen=True, slots=True)
class Example:
    """A query to try: what it shows, how that is typed, and the query itself."""

    name: str
    manner: str
    query: str


# For a library in which no document gives an example, in the order of the made ones.
FIXED = (
    Example("多个词", "用空格分开：", "依申请公开 收费"),
    Example("原句", "放在引号里：", "“政务公开工作领导小组”"),
    Example("排除", "前加减号：", "主动公开 -年报"),
)


def examples_from(hits: Sequence[DocumentHit]) -> tuple[Example, ...]:
    """Return three examples: a 文号, a sentence in quotation marks, and an issuer with a year; fixed ones without."""
    made = (_by_number(hits), _by_title(hits), _by_issuer(hits))
    return tuple(next(found, fixed) for found, fixed in zip(made, FIXED, strict=True))


def _by_number(hits: Sequence[DocumentHit]) -> Iterator[Example]:
    for hit in hits:
        if hit.document_number and parse(hit.document_number).numbers:
            yield Example("文号", "括号任意：", hit.document_number)


def _by_title(hits: Sequence[DocumentHit]) -> Iterator[Example]:
    for hit in hits:
        title = hit.title.text
        if len(title) <= LONGEST_TITLE and _MARKS.isdisjoint(title) and parse(f"“{title}”").phrases:
            yield Example("原句", "放在引号里：", f"“{title}”")


def _by_issuer(hits: Sequence[DocumentHit]) -> Iterator[Example]:
    for hit in hits:
        day, issuer = hit.signed_on or hit.published_on, hit.issuer or ""
        if day and issuer and _MARKS.isdisjoint(issuer) and len(issuer.split()) == 1:
            yield Example("机关与年份", "写明即可：", f"发文机关:{issuer} 年份:{day[:4]}")
