"""From the rows an index found to the hits a searcher sees; the same for every index."""

from collections.abc import Iterable, Sequence

from schemas.queries import DocumentHit, SectionHit
from schemas.records import SectionRow
from search.highlight import densest, whole

Scored = tuple[float, SectionRow]


def document_hits(found: Iterable[Sequence[Scored]], terms: Sequence[str]) -> tuple[DocumentHit, ...]:
    """Return a hit for each article in ``found``, in that order; an article without rows is left out.

    Args:
        found: The best rows of each article, best first.
        terms: What to mark.
    """
    return tuple(_document_hit(rows, terms) for rows in found if rows)


def _document_hit(rows: Sequence[Scored], terms: Sequence[str]) -> DocumentHit:
    score, row = rows[0]
    title = row.title or row.key.rsplit("/", 1)[-1]
    return DocumentHit(
        document_id=row.document_id,
        article=row.article,
        key=row.key,
        title=whole(title, row.title_original, terms),
        issuer=row.issuer,
        document_number=row.document_number,
        signed_on=row.signed_on,
        published_on=row.published_on,
        format=row.format,
        score=score,
        sections=tuple(_section_hit(score, row, terms) for score, row in rows),
    )


def _section_hit(score: float, row: SectionRow, terms: Sequence[str]) -> SectionHit:
    return SectionHit(
        ordinal=row.ordinal,
        level=row.level,
        number=row.number,
        heading=None if row.heading is None else whole(row.heading, row.heading_original, terms),
        path=row.path,
        text=densest(row.text, row.text_original, terms),
        score=score,
        page=row.page,
    )
