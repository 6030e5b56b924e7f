"""Build the hits a searcher sees from the rows an index found; the same for every index."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from schemas.anchors import line_at
from schemas.names import readable
from schemas.queries import DocumentHit, SectionHit
from schemas.records import SectionRow
from search.query.parser import ParsedQuery
from search.query.ways import How
from search.query.words import CUTS, holds
from search.results.completeness import missing_words
from search.results.explain import document_reasons, section_reasons
from search.results.highlight import find_densest, whole

Scored = tuple[float, SectionRow]


@dataclass(frozen=True, slots=True)
class ArticleMatch:
    """A matching article: its best rows, best first, and the number of other articles with the same text."""

    rows: Sequence[Scored]
    others: int = 0


def document_hits(
    found: Iterable[ArticleMatch], parsed: ParsedQuery, how: How, *, explain: bool = False
) -> tuple[DocumentHit, ...]:
    """Return a hit for each article in ``found``, in that order, without articles that have no rows.

    Args:
        found: The articles.
        parsed: The query, for highlights and reasons.
        how: The way that found them; only ``loose`` finds articles without some of the words.
        explain: Whether to give reasons.
    """
    return tuple(_document_hit(each, parsed, how, explain=explain) for each in found if each.rows)


def surest_first(found: Sequence[ArticleMatch], parsed: ParsedQuery, how: How) -> Sequence[ArticleMatch]:
    """Return the articles of a page: first those that hold every word, then those without some of the words.

    Of both, those come last whose rows have the words in fewer of the two segmentations: the segmentation of an index
    errs now and then, and this is a second opinion on the page shown.
    """
    words = parsed.told_apart
    return sorted(found, key=lambda each: (bool(_missing(each, parsed, how)), _doubt(each, words)))


def _missing(found: ArticleMatch, parsed: ParsedQuery, how: How) -> tuple[str, ...]:
    return missing_words([row for _, row in found.rows], parsed) if how == "loose" else ()


def _doubt(found: ArticleMatch, words: Sequence[str]) -> int:
    return CUTS - max((_sureness(row, words) for _, row in found.rows), default=CUTS)


def _sureness(row: SectionRow, words: Sequence[str]) -> int:
    texts = _texts(row)
    there = [word for word in words if any(word in text for text in texts)]
    return min((max(holds(text, word) for text in texts) for word in there), default=CUTS)


def _texts(row: SectionRow) -> list[str]:
    return [row.title or "", *row.path, row.text]


def _document_hit(found: ArticleMatch, parsed: ParsedQuery, how: How, *, explain: bool) -> DocumentHit:
    score, row = found.rows[0]
    texts = list(dict.fromkeys(text for _, row in found.rows for text in _texts(row)))
    words = frozenset(word for word in parsed.told_apart if any(holds(text, word) for text in texts))
    words |= frozenset(parsed.quantities)
    terms = parsed.marked
    title = row.title or readable(row.key.rsplit("/", 1)[-1])
    return DocumentHit(
        document_id=row.document_id,
        article=row.article,
        key=row.key,
        title=whole(title, row.title_original, terms, words),
        issuer=row.issuer,
        document_number=row.document_number,
        signed_on=row.signed_on,
        published_on=row.published_on,
        format=row.format,
        score=score,
        sections=tuple(
            _section_hit(score, row, terms, words, section_reasons(row, parsed) if explain else ())
            for score, row in found.rows
        ),
        kind=row.kind,
        region=row.region,
        source=row.source,
        others=found.others,
        reasons=document_reasons(row, parsed) if explain else (),
        missing=_missing(found, parsed, how),
    )


def _section_hit(
    score: float, row: SectionRow, terms: Sequence[str], words: Collection[str], reasons: tuple[str, ...]
) -> SectionHit:
    text, place = find_densest(row.text, row.text_original, terms, words)
    return SectionHit(
        ordinal=row.ordinal,
        level=row.level,
        number=row.number,
        heading=None if row.heading is None else whole(row.heading, row.heading_original, terms, words),
        path=row.path,
        text=text,
        score=score,
        page=row.page,
        role=row.role,
        path_original=row.path_original,
        reasons=reasons,
        line=line_at(row.text, place) if text.marks else None,
    )
