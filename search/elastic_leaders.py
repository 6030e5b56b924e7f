"""The articles of one page of a search on Elasticsearch, each by its leading row: its first in the order asked for.

Rows are read best first and grouped here: so the server may pass over rows that cannot come so far up, which it cannot
where it groups or counts. It groups by itself only where a few articles have most of the best rows. A page told by its
cursor reads rows from that place on and passes over those that do not lead: their article stands on an earlier page, or
further up on this one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

from schemas.queries import Sort
from search.asking import Asked
from search.elastic_client import ElasticClient, Response
from search.elastic_filters import Clause

# Up to this many matching rows are counted before the server passes over any.
EXACT_ROWS = 10_000
# How many rows are read for each article of a page, at once at most, and behind a cursor how often at most.
ROWS_EACH = 8
MOST_ROWS = 1_000
ROUNDS = 40
# A row 0 stands for its article wherever every row matches.
OPENING: Clause = {"term": {"ordinal": 0}}
FIELDS: list[Clause] = [{"field": name} for name in ("document_id", "group", "fold")]
ANSWERED = "hits.total,hits.hits.fields,hits.hits.sort"
TIES: tuple[Clause, ...] = ({"group": "asc"}, {"ordinal": "asc"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What matches.

    Attributes:
        clause: The query, with the filters every count obeys.
        later: Filters by facets that are asked for, by facet.
        listing: Whether nothing but filters was asked.
    """

    clause: Clause
    later: Mapping[str, list[Clause]]
    listing: bool = False

    @property
    def after(self) -> list[Clause]:
        """Return the filters that not every count obeys."""
        return [each for some in self.later.values() for each in some]

    def within(self, *more: Clause) -> Clause:
        """Return the whole query, with more filters."""
        filters = [*self.after, *more]
        return {"bool": {"must": [self.clause], "filter": filters}} if filters else self.clause

    def among(self, field: str, values: Sequence[int]) -> Clause:
        """Return the whole query, for rows with these values alone."""
        return self.within({"terms": {field: list(values)}})


@dataclass(frozen=True, slots=True)
class Leader:
    """A leading row: its document and article, what articles with the same text share, and what it was sorted by."""

    document_id: str
    group: int
    fold: int
    order: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The articles of a page, whether more follow, and how many rows match: ``rows``, or more than these.

    ``rows`` are opening rows where nothing but filters was asked.
    """

    leaders: Sequence[Leader]
    more: bool
    rows: int
    counted: bool


class Leading:
    """Finds the leading rows of one search in ``index``."""

    def __init__(self, client: ElasticClient, index: str, asked: Asked) -> None:
        self._client = client
        self._index = index
        self._asked = asked
        self._by = "fold" if asked.query.fold else "group"
        # One copy of the index answers all pages: deleted rows still weigh in scores, on each copy others.
        self._copy = blake2b(asked.query.text.encode(), digest_size=8).hexdigest()

    def page(self, wanted: Wanted) -> Page:
        """Return the page that was asked for."""
        if self._asked.place is not None:
            return self._behind(wanted, self._asked.place.after)
        query = self._asked.query
        if not self._asked.inside:
            # Beyond its result window the server answers with an error.
            return _page([], self._ask(wanted, size=0), query.size)
        needed = query.offset + query.size + 1
        rows = min(needed * ROWS_EACH, MOST_ROWS)
        answer = self._ask(wanted, size=rows)
        hits = _leaders(answer)
        best = self._distinct(hits)
        if len(hits) == rows and len(best) < needed:
            answer = self._ask(wanted, collapse={"field": self._by}, from_=query.offset, size=query.size + 1)
            return _page(_leaders(answer), answer, query.size)
        return _page(best[query.offset : needed], answer, query.size)

    def articles(self, wanted: Wanted) -> int:
        """Return how many articles match; for when they are few."""
        counts = {"articles": {"cardinality": {"field": "group", "precision_threshold": EXACT_ROWS}}}
        query = {"bool": {"filter": [wanted.within()]}}
        answer = self._client.call(lambda server: server.search(index=self._index, query=query, size=0, aggs=counts))
        return int(answer["aggregations"]["articles"]["value"])

    def _distinct(self, hits: Sequence[Leader]) -> list[Leader]:
        first: dict[int, Leader] = {}
        for each in hits:
            first.setdefault(getattr(each, self._by), each)
        return list(first.values())

    def _behind(self, wanted: Wanted, place: Sequence[Any]) -> Page:
        size = self._asked.query.size
        first = self._ask(wanted, search_after=list(place), size=size * ROWS_EACH)
        found = list(islice(self._passing(wanted, first, size * ROWS_EACH), size + 1))
        return _page(found, first, size)

    def _passing(self, wanted: Wanted, answer: Response, rows: int) -> Iterator[Leader]:
        """Yield the leaders among the rows of ``answer`` and of those after them."""
        for _ in range(ROUNDS):
            found = _leaders(answer)
            leading = self._first_of(wanted, {getattr(each, self._by) for each in found}) if found else {}
            yield from (each for each in found if leading.get(getattr(each, self._by)) == each)
            if len(found) < rows:
                return
            answer = self._ask(wanted, search_after=list(found[-1].order), size=rows, track_total_hits=False)

    def _first_of(self, wanted: Wanted, keys: set[int]) -> Mapping[int, Leader]:
        """Return the leading row of each article in ``keys``."""
        among = Wanted(wanted.among(self._by, sorted(keys)), {})
        answer = self._ask(among, collapse={"field": self._by}, size=len(keys), track_total_hits=False)
        return {getattr(each, self._by): each for each in _leaders(answer)}

    def _ask(self, wanted: Wanted, **options: Any) -> Response:
        options.setdefault("track_total_hits", EXACT_ROWS)
        query = wanted.within(OPENING) if by_openings(self._asked) else wanted.within()
        return self._client.call(
            lambda server: server.search(
                index=self._index,
                query=query,
                sort=self._order(),
                stored_fields="_none_",
                docvalue_fields=FIELDS,
                preference=self._copy,
                filter_path=ANSWERED,
                **options,
            )
        )

    def _order(self) -> list[Clause]:
        order = self._asked.order
        if order is Sort.RELEVANCE:
            return [{"_score": "desc"}, *TIES]
        return [{"day": {"order": "desc" if order is Sort.NEWEST else "asc", "missing": "_last"}}, *TIES]


def by_openings(asked: Asked) -> bool:
    """Tell whether with any row of an article its opening row matches, which then stands for it."""
    # A filter by role is the only one an opening row may fail that other rows of its article pass.
    return asked.listing and asked.query.role is None


def _page(found: Sequence[Leader], answer: Response, size: int) -> Page:
    total = answer["hits"]["total"]
    return Page(found[:size], len(found) > size, total["value"], total["relation"] == "eq")


def _leaders(answer: Response) -> list[Leader]:
    return [_leader(hit) for hit in answer["hits"].get("hits", ())]


def _leader(hit: Mapping[str, Any]) -> Leader:
    document_id, group, fold = (hit["fields"][each["field"]][0] for each in FIELDS)
    return Leader(document_id, group, fold, tuple(hit["sort"]))
