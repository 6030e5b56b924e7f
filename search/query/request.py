"""What every index does to a query before it looks anything up: bounds, the place to go on from, notes."""

from dataclasses import dataclass, field, replace
from typing import Any

from schemas.queries import FACETS, MAX_OFFSET, Query, Sort
from search.query.cursor import BAD_CURSOR, Place, read_cursor
from search.query.lexicon import Segmenter
from search.query.parser import ParsedQuery, clamp, parse
from search.query.ranking import Ranking, rank
from search.query.synonyms import SynonymFile
from search.query.ways import How, ways

# Years outside of these are no year of any document.
YEARS = range(1, 10_000)
TOO_DEEP = f"按页数最多翻到第 {MAX_OFFSET} 条；请用“下一页”继续，或缩小检索范围。"
UNKNOWN_FACET = "没有这样的分面：{names}。"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the operator's own, or those shipped: what they are also called, and the dictionary names are cut by."""

    synonyms: SynonymFile = field(default_factory=SynonymFile)
    segmenter: Segmenter = field(default_factory=Segmenter)


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query made ready.

    Attributes:
        query: Within bounds.
        parsed: Its text, understood.
        place: Behind the last hit of the page before; None for a page told by ``Query.offset``.
        facets: Those to count, each once.
        notes: What could not be done as asked.
        listing: Whether nothing but filters was asked, so that everything is listed.
        ways: In which ways to search, one behind the other until enough is found; empty where everything is listed.
        segmenter: What the names of the index are cut by.
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
        """Return the order of the hits: what nothing was asked of is as relevant as anything else."""
        return Sort.NEWEST if self.listing and self.query.sort is Sort.RELEVANCE else self.query.sort

    def rank(self, how: How) -> Ranking:
        """Return what is found in one of the ways, and how it is ranked."""
        return rank(self.parsed, how, self.segmenter)

    @property
    def inside(self) -> bool:
        """Whether the page asked for may be reached by counting."""
        return self.query.offset + self.query.size <= MAX_OFFSET


def prepare(query: Query, vocabulary: Vocabulary | None = None) -> PreparedQuery:
    """Return ``query`` made ready for an index; the words are those shipped where ``vocabulary`` is None."""
    own = vocabulary or Vocabulary()
    parsed = parse(clamp(query).text, own.synonyms.now())
    within = _within(_in_years(clamp(query), parsed))
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
    """Return ``query`` with the years its text asks for, where no other was chosen."""
    if query.year is not None or query.year_from is not None or query.year_to is not None:
        return query
    first, last = parsed.years
    return replace(query, year_from=first, year_to=last)


def _within(query: Query) -> Query:
    """Return ``query`` with filters an index can be asked: text that is Unicode, years that are years."""
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
