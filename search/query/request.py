"""What every index does to a query before it looks anything up: bounds, the place to go on from, notes."""

from dataclasses import dataclass, replace
from typing import Any

from schemas.queries import FACETS, Query, Sort
from search.query.cursor import BAD_CURSOR, Place, read_cursor
from search.query.parser import MAX_OFFSET, ParsedQuery, clamp, parse
from search.query.synonyms import Synonyms
from search.query.ways import How, ways

# Years outside of these are no year of any document.
YEARS = range(1, 10_000)
TOO_DEEP = f"按页数最多翻到第 {MAX_OFFSET} 条；请用“下一页”继续，或缩小检索范围。"
UNKNOWN_FACET = "没有这样的分面：{names}。"


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
    """

    query: Query
    parsed: ParsedQuery
    place: Place | None
    facets: tuple[str, ...]
    notes: tuple[str, ...]
    listing: bool
    ways: tuple[How, ...] = ()

    @property
    def order(self) -> Sort:
        """Return the order of the hits: what nothing was asked of is as relevant as anything else."""
        return Sort.NEWEST if self.listing and self.query.sort is Sort.RELEVANCE else self.query.sort

    @property
    def inside(self) -> bool:
        """Whether the page asked for may be reached by counting."""
        return self.query.offset + self.query.size <= MAX_OFFSET


def prepare(query: Query, synonyms: Synonyms | None = None) -> PreparedQuery:
    """Return ``query`` made ready for an index; ``synonyms`` are those shipped where None."""
    parsed = parse(clamp(query).text, synonyms)
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
    made = PreparedQuery(within, parsed, place, facets, tuple(notes), listing=parsed.empty, ways=tried)
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
