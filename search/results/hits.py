"""From the rows an index found to the hits a searcher sees; the same for every index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.names import readable
from schemas.queries import DocumentHit, SectionHit
from schemas.records import SectionRow
from search.query.parser import ParsedQuery
from search.results.explain import document_reasons, section_reasons
from search.results.highlight import densest, whole

Scored = tuple[float, SectionRow]


@dataclass(frozen=True, slots=True)
class ArticleMatch:
    """An article that was found: its best rows, best first, and how many others with the same text stand behind it."""

    rows: Sequence[Scored]
    others: int = 0


def document_hits(
    found: Iterable[ArticleMatch], parsed: ParsedQuery, *, explain: bool = False
) -> tuple[DocumentHit, ...]:
    """Return a hit for each article in ``found``, in that order; an article without rows is left out.

    Args:
        found: The articles.
        parsed: What to mark, and what the reasons speak of.
        explain: Whether to give reasons.
    """
    return tuple(_document_hit(each, parsed, explain=explain) for each in found if each.rows)


def _document_hit(found: ArticleMatch, parsed: ParsedQuery, *, explain: bool) -> DocumentHit:
    score, row = found.rows[0]
    title = row.title or readable(row.key.rsplit("/", 1)[-1])
    return DocumentHit(
        document_id=row.document_id,
        article=row.article,
        key=row.key,
        title=whole(title, row.title_original, parsed.marked),
        issuer=row.issuer,
        document_number=row.document_number,
        signed_on=row.signed_on,
        published_on=row.published_on,
        format=row.format,
        score=score,
        sections=tuple(_section_hit(score, row, parsed, explain=explain) for score, row in found.rows),
        kind=row.kind,
        region=row.region,
        source=row.source,
        others=found.others,
        reasons=document_reasons(row, parsed) if explain else (),
    )


def _section_hit(score: float, row: SectionRow, parsed: ParsedQuery, *, explain: bool) -> SectionHit:
    return SectionHit(
        ordinal=row.ordinal,
        level=row.level,
        number=row.number,
        heading=None if row.heading is None else whole(row.heading, row.heading_original, parsed.marked),
        path=row.path,
        text=densest(row.text, row.text_original, parsed.marked),
        score=score,
        page=row.page,
        role=row.role,
        path_original=row.path_original,
        reasons=section_reasons(row, parsed) if explain else (),
    )
