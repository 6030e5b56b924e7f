"""The articles of one page of a search on Elasticsearch, each by its leading row: its first in the requested order.

Rows are read best first and grouped here, so that the server can skip rows that cannot rank high enough (WAND), which
it cannot if it groups or counts. The server groups only if a few articles have most of the best rows. A page given by a
cursor reads rows from that place on and skips those that do not lead: their article is on an earlier page, or further
up on this one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from typing import Any

from schemas.queries import Sort
from search.elastic.client import ElasticClient, Response
from search.elastic.filters import Clause
from search.elastic.query import Clauses
from search.query.request import PreparedQuery

# Matching rows and articles are counted up to this limit; beyond it the server skips some or estimates.
EXACT_ROWS = 10_000
# Rows read for each article of a page, the maximum of one request, and the maximum of requests after a cursor.
ROWS_EACH = 8
MAX_ROWS = 1_000
ROUNDS = 40
# Named query of the hits that match, in a query for ranking rows.
MATCHING = "matching"
# If every row matches, row 0 represents its article.
OPENING: Clause = {"term": {"ordinal": 0}}
FIELDS: list[Clause] = [{"field": name} for name in ("document_id", "group", "fold")]
# Use term statistics of the whole index instead of one shard's; with a single shard this costs nothing.
SEARCH_TYPE = "dfs_query_then_fetch"
ANSWERED = "hits.total,hits.hits.fields,hits.hits.sort,hits.hits.matched_queries"
TIES: tuple[Clause, ...] = ({"group": "asc"}, {"ordinal": "asc"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """The query of one search: its matching clauses, ranking and filters.

    Attributes:
        query: The compiled query.
        filters: Filters that every count obeys.
        later: Filters on requested facets, by facet.
        listing: Whether the query has filters only.
    """

    query: Clauses
    filters: Sequence[Clause] = ()
    later: Mapping[str, list[Clause]] = field(default_factory=dict)
    listing: bool = False

    @property
    def always(self) -> list[Clause]:
        """Return the clauses a row must match for any count."""
        return [self.query.matching, *self.filters]

    @property
    def after(self) -> list[Clause]:
        """Return the filters that some counts ignore."""
        return [each for some in self.later.values() for each in some]

    def within(self, *more: Clause, scored: bool = True) -> Clause:
        """Return the whole query, with more filters."""
        filters = [*self.always, *self.after, *more]
        if not (scored and self.query.ranking):
            return {"bool": {"filter": filters}}
        return {"bool": {"must": [{"bool": {"should": self.query.ranking}}], "filter": filters}}

    def wand_query(self) -> Clause:
        """Return a ranking-only query that can use WAND; hits that also match carry the named query MATCHING."""
        matching = {"constant_score": {"filter": self.query.matching, "boost": 0.0, "_name": MATCHING}}
        ranked: Clause = {"bool": {"should": [*self.query.ranking, matching]}}
        filters = [*self.filters, *self.after]
        return {"bool": {"must": [ranked], "filter": filters}} if filters else ranked

    def of_few(self) -> "Wanted":
        """Return the same query for few rows; see ``Clauses.of_few``."""
        return replace(self, query=self.query.of_few())

    def among(self, field: str, values: Iterable[int]) -> "Wanted":
        """Return the same query, restricted to rows with these values."""
        return replace(self, filters=[*self.filters, {"terms": {field: list(values)}}])


@dataclass(frozen=True, slots=True)
class TopRow:
    """A leading row: its document, article, collapse key (shared by copies) and sort values."""

    document_id: str
    group: int
    fold: int
    order: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class TopPage:
    """The articles of a page, whether more follow, and the number of matching rows: ``rows``, or more than these.

    ``rows`` are opening rows if the query has filters only.
    """

    leaders: Sequence[TopRow]
    more: bool
    rows: int
    counted: bool


class ArticleRanker:
    """Finds the leading rows of one search in ``index``."""

    def __init__(self, client: ElasticClient, index: str, asked: PreparedQuery) -> None:
        self._client = client
        self._index = index
        self._asked = asked
        self._by = "fold" if asked.query.fold else "group"
        # One shard copy must answer all pages: deleted rows still affect scores, differently on each copy.
        self._copy = blake2b(asked.query.text.encode(), digest_size=8).hexdigest()

    def page(self, wanted: Wanted) -> TopPage:
        """Return the requested page."""
        query = self._asked.query
        if self._asked.place is None and not self._asked.inside:
            # The server refuses a page beyond its result window.
            return _page([], self._ask(wanted, size=0), query.size)
        if self._asked.order is not Sort.RELEVANCE or not wanted.query.ranking:
            return self._read(wanted)
        counted = self._ask(wanted, scored=False, size=0)
        if not counted["hits"]["total"]["value"]:
            return _page([], counted, query.size)
        # If few rows match, reading them is fastest; if many match, so do most of the best-ranked ones.
        if counted["hits"]["total"]["relation"] == "eq":
            return self._read(wanted.of_few(), counted=counted)
        return self._read(wanted, counted=counted, wand_query=True)

    def _read(self, wanted: Wanted, *, counted: Response | None = None, wand_query: bool = False) -> TopPage:
        query, place = self._asked.query, self._asked.place
        needed = query.offset + query.size + 1
        # An exact total disables Lucene's block-max (WAND) skipping; ask for one only when few rows match.
        total = EXACT_ROWS if counted is None else not wand_query
        rows = min(needed * ROWS_EACH, MAX_ROWS)
        if place is not None:
            rows = query.size * ROWS_EACH
            first = self._ask(
                wanted, wand_query=wand_query, search_after=list(place.after), size=rows, track_total_hits=total
            )
            found = list(islice(self._stream_leaders(wanted, first, rows, wand_query=wand_query), query.size + 1))
            return _page(found, counted or first, query.size)
        for size in sorted({rows, MAX_ROWS}):
            answer = self._ask(wanted, wand_query=wand_query, size=size, track_total_hits=total)
            best = self._distinct(_leaders(answer, wand_query=wand_query))
            if len(_rows(answer)) < size or len(best) >= needed:
                return _page(best[query.offset : needed], counted or answer, query.size)
        again = {} if counted is None else {"track_total_hits": False}
        answer = self._ask(wanted, collapse={"field": self._by}, from_=query.offset, size=query.size + 1, **again)
        return _page(_leaders(answer), counted or answer, query.size)

    def articles(self, wanted: Wanted) -> int:
        """Return the number of matching articles; only for when they are few."""
        counts = {"articles": {"cardinality": {"field": "group", "precision_threshold": EXACT_ROWS}}}
        query = wanted.within(scored=False)
        answer = self._client.call(lambda server: server.search(index=self._index, query=query, size=0, aggs=counts))
        return int(answer["aggregations"]["articles"]["value"])

    def _distinct(self, hits: Sequence[TopRow]) -> list[TopRow]:
        first: dict[int, TopRow] = {}
        for each in hits:
            first.setdefault(getattr(each, self._by), each)
        return list(first.values())

    def _stream_leaders(self, wanted: Wanted, answer: Response, rows: int, *, wand_query: bool) -> Iterator[TopRow]:
        """Yield the leading rows of ``answer`` and of the following requests."""
        for _ in range(ROUNDS):
            found, read = _leaders(answer, wand_query=wand_query), _rows(answer)
            leading = self._first_of(wanted, {getattr(each, self._by) for each in found}) if found else {}
            yield from (each for each in found if leading.get(getattr(each, self._by)) == each)
            if len(read) < rows:
                return
            after = list(read[-1]["sort"])
            answer = self._ask(wanted, wand_query=wand_query, search_after=after, size=rows, track_total_hits=False)

    def _first_of(self, wanted: Wanted, keys: set[int]) -> Mapping[int, TopRow]:
        """Return the leading row of each article in ``keys``."""
        among = wanted.among(self._by, sorted(keys))
        answer = self._ask(among, collapse={"field": self._by}, size=len(keys), track_total_hits=False)
        return {getattr(each, self._by): each for each in _leaders(answer)}

    def _ask(self, wanted: Wanted, *, wand_query: bool = False, scored: bool = True, **options: Any) -> Response:
        options.setdefault("track_total_hits", EXACT_ROWS)
        scored = scored and self._asked.order is Sort.RELEVANCE
        more = [OPENING] if ranks_opening_rows(self._asked) else []
        query = wanted.wand_query() if wand_query else wanted.within(*more, scored=scored)
        return self._client.call(
            lambda server: server.search(
                index=self._index,
                query=query,
                sort=self._order(),
                stored_fields="_none_",
                docvalue_fields=FIELDS,
                preference=self._copy,
                filter_path=ANSWERED,
                search_type=SEARCH_TYPE if scored else None,
                **options,
            )
        )

    def _order(self) -> list[Clause]:
        order = self._asked.order
        if order is Sort.RELEVANCE:
            return [{"_score": "desc"}, *TIES]
        return [{"day": {"order": "desc" if order is Sort.NEWEST else "asc", "missing": "_last"}}, *TIES]


def ranks_opening_rows(asked: PreparedQuery) -> bool:
    """Return whether row 0 alone can represent each article (filters-only query without a role filter)."""
    # A role filter is the only one that row 0 can fail while other rows of its article pass.
    return asked.listing and asked.query.role is None


def _page(found: Sequence[TopRow], answer: Response, size: int) -> TopPage:
    total = answer["hits"]["total"]
    return TopPage(found[:size], len(found) > size, total["value"], total["relation"] == "eq")


def _leaders(answer: Response, *, wand_query: bool = False) -> list[TopRow]:
    return [_leader(hit) for hit in _rows(answer) if not wand_query or MATCHING in hit.get("matched_queries", ())]


def _rows(answer: Response) -> Sequence[Mapping[str, Any]]:
    # The response filter omits empty lists.
    return answer["hits"].get("hits", ()) if "hits" in answer else ()


def _leader(hit: Mapping[str, Any]) -> TopRow:
    document_id, group, fold = (hit["fields"][each["field"]][0] for each in FIELDS)
    return TopRow(document_id, group, fold, tuple(hit["sort"]))
