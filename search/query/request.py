"""Prepare a query, the same for every index: limits, cursor, notes."""

from dataclasses import dataclass, field, replace
from typing import Any

from schemas.queries import FACETS, MAX_OFFSET, Query, Sort
from search.query.cursor import BAD_CURSOR, Place, read_cursor
from search.query.lexicon import Segmenter
from search.query.parser import ParsedQuery, clamp, parse
from search.query.ranking import Ranking, rank
from search.query.synonyms import SynonymFile
from search.query.ways import How, ways

# No document has a year outside this range.
YEARS = range(1, 10_000)
TOO_DEEP = f"按页数最多翻到第 {MAX_OFFSET} 条；请用“下一页”继续，或缩小检索范围。"
UNKNOWN_FACET = "没有这样的分面：{names}。"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Synonyms and lexicon: the operator's, or those shipped."""

    synonyms: SynonymFile = field(default_factory=SynonymFile)
    segmenter: Segmenter = field(default_factory=Segmenter)


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query ready for an index.

    Attributes:
        query: The query, within limits.
        parsed: Its parsed text.
        place: The place after the last hit of the previous page; None for a page given by ``Query.offset``.
        facets: Facets to count, each once.
        notes: Messages about what could not be done as requested.
        listing: Whether the query has filters only, so that everything is listed.
        ways: The ways of searching to try in order until enough is found; empty for a listing.
        segmenter: The segmenter of the index's titles and headings.
    """

    query: Query
    parsed: ParsedQuery
    place: Place | None
    facets: tuple[str, ...]
    notes: tuple[str, ...]
    listing: bool
    ways: tuple[How, ...] = ()
    segmenter: Segmenter = field(default_factory=Segmenter)

    @property
    def order(self) -> Sort:
        """Return the sort order; a query without text has no relevance, so it falls back to newest first."""
        return Sort.NEWEST if self.listing and self.query.sort is Sort.RELEVANCE else self.query.sort

    def rank(self, how: How) -> Ranking:
        """Return the ranking for one way of searching."""
        return rank(self.parsed, how, self.segmenter)

    @property
    def inside(self) -> bool:
        """Whether the requested page is within the deepest offset."""
        return self.query.offset + self.query.size <= MAX_OFFSET


def prepare(query: Query, vocabulary: Vocabulary | None = None) -> PreparedQuery:
    """Return ``query`` ready for an index, with the shipped words if ``vocabulary`` is None."""
    own = vocabulary or Vocabulary()
    parsed = parse(clamp(query).text, own.synonyms.now())
    within = _clamp_filters(_in_years(clamp(query), parsed))
    place = read_cursor(within) if within.cursor is not None else None
    notes = []
    if within.cursor is not None:
        if place is None:
            notes.append(BAD_CURSOR)
        within = replace(within, offset=0)
    if unknown := [name for name in query.facets if name not in FACETS]:
        notes.append(UNKNOWN_FACET.format(names="、".join(name[:20] for name in unknown[:5])))
    facets = tuple(dict.fromkeys(name for name in query.facets if name in FACETS))
    tried = (place.how,) if place is not None else ways(parsed, literal=within.literal)
    made = PreparedQuery(
        within, parsed, place, facets, tuple(notes), listing=parsed.empty, ways=tried, segmenter=own.segmenter
    )
    return made if made.inside else replace(made, notes=(*made.notes, TOO_DEEP))


def _in_years(query: Query, parsed: ParsedQuery) -> Query:
    """Return ``query`` filtered by the years in its text, unless it has a year filter."""
    if query.year is not None or query.year_from is not None or query.year_to is not None:
        return query
    first, last = parsed.years
    return replace(query, year_from=first, year_to=last)


def _clamp_filters(query: Query) -> Query:
    """Return ``query`` with filters that an index accepts: valid Unicode, years in range."""
    texts = {name: getattr(query, name) for name in FACETS if name != "year"}
    clean: dict[str, Any] = {name: _unicode(value) for name, value in texts.items() if value is not None}
    first, last = query.year_from, query.year_to
    return replace(
        query,
        **clean,
        year=query.year if query.year is None or query.year in YEARS else 0,
        year_from=None if first is None else min(max(first, YEARS.start), YEARS.stop),
        year_to=None if last is None else min(max(last, 0), YEARS.stop),
    )


def _unicode(text: str) -> str:
    return text.encode(errors="replace").decode()
