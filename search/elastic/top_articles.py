"""The articles of one page of a search on Elasticsearch, each by its leading row: its first in the order asked for.

Rows are read best first and grouped here: so the server may pass over rows that cannot come so far up, which it cannot
where it groups or counts. It groups by itself only where a few articles have most of the best rows. A page told by its
cursor reads rows from that place on and passes over those that do not lead: their article stands on an earlier page, or
further up on this one.
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

# Up to this many matching rows and articles are counted, beyond it the server passes over some or estimates.
EXACT_ROWS = 10_000
# How many rows are read for each article of a page, at once at most, and behind a cursor how often at most.
ROWS_EACH = 8
MAX_ROWS = 1_000
ROUNDS = 40
# The name that rows bear which match, where those are asked for that rank.
MATCHING = "matching"
# A row 0 stands for its article wherever every row matches.
OPENING: Clause = {"term": {"ordinal": 0}}
FIELDS: list[Clause] = [{"field": name} for name in ("document_id", "group", "fold")]
# Terms weigh as they do in the whole index, not in the shard a row lies on; with one shard it costs nothing.
SEARCH_TYPE = "dfs_query_then_fetch"
ANSWERED = "hits.total,hits.hits.fields,hits.hits.sort,hits.hits.matched_queries"
TIES: tuple[Clause, ...] = ({"group": "asc"}, {"ordinal": "asc"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What matches and how it ranks.

    Attributes:
        query: What was asked.
        filters: Those every count obeys.
        later: Filters by facets that are asked for, by facet.
        listing: Whether nothing but filters was asked.
    """

    query: Clauses
    filters: Sequence[Clause] = ()
    later: Mapping[str, list[Clause]] = field(default_factory=dict)
    listing: bool = False

    @property
    def always(self) -> list[Clause]:
        """Return what a row must match for any count."""
        return [self.query.matching, *self.filters]

    @property
    def after(self) -> list[Clause]:
        """Return the filters that not every count obeys."""
        return [each for some in self.later.values() for each in some]

    def within(self, *more: Clause, scored: bool = True) -> Clause:
        """Return the whole query, with more filters."""
        filters = [*self.always, *self.after, *more]
        if not (scored and self.query.ranking):
            return {"bool": {"filter": filters}}
        return {"bool": {"must": [{"bool": {"should": self.query.ranking}}], "filter": filters}}

    def wand_query(self) -> Clause:
        """Return a query whose best rows are found much sooner; those that match among them bear the name MATCHING."""
        matching = {"constant_score": {"filter": self.query.matching, "boost": 0.0, "_name": MATCHING}}
        ranked: Clause = {"bool": {"should": [*self.query.ranking, matching]}}
        filters = [*self.filters, *self.after]
        return {"bool": {"must": [ranked], "filter": filters}} if filters else ranked

    def among(self, field: str, values: Iterable[int]) -> "Wanted":
        """Return the same for rows with these values alone."""
        return replace(self, filters=[*self.filters, {"terms": {field: list(values)}}])


@dataclass(frozen=True, slots=True)
class TopRow:
    """A leading row: its document and article, what articles with the same text share, and what it was sorted by."""

    document_id: str
    group: int
    fold: int
    order: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class TopPage:
    """The articles of a page, whether more follow, and how many rows match: ``rows``, or more than these.

    ``rows`` are opening rows where nothing but filters was asked.
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
        # One copy of the index answers all pages: deleted rows still weigh in scores, on each copy others.
        self._copy = blake2b(asked.query.text.encode(), digest_size=8).hexdigest()

    def page(self, wanted: Wanted) -> TopPage:
        """Return the page that was asked for."""
        query = self._asked.query
        if self._asked.place is None and not self._asked.inside:
            # Beyond its result window the server answers with an error.
            return _page([], self._ask(wanted, size=0), query.size)
        if self._asked.order is not Sort.RELEVANCE or not wanted.query.ranking:
            return self._read(wanted)
        counted = self._ask(wanted, scored=False, size=0)
        if not counted["hits"]["total"]["value"]:
            return _page([], counted, query.size)
        # Where few match, to go through these is the quickest; where many do, so do most of the best.
        return self._read(wanted, counted=counted, wand_query=counted["hits"]["total"]["relation"] != "eq")

    def _read(self, wanted: Wanted, *, counted: Response | None = None, wand_query: bool = False) -> TopPage:
        query, place = self._asked.query, self._asked.place
        needed = query.offset + query.size + 1
        # Told to count all, as it may where few match, the server weighs nowhere what it could pass over, at a cost.
        total = EXACT_ROWS if counted is None else not wand_query
        rows = min(needed * ROWS_EACH, MAX_ROWS)
        if place is not None:
            rows = query.size * ROWS_EACH
            first = self._ask(
                wanted, wand_query=wand_query, search_after=list(place.after), size=rows, track_total_hits=total
            )
            found = list(islice(self._passing(wanted, first, rows, wand_query=wand_query), query.size + 1))
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
        """Return how many articles match; for when they are few."""
        counts = {"articles": {"cardinality": {"field": "group", "precision_threshold": EXACT_ROWS}}}
        query = wanted.within(scored=False)
        answer = self._client.call(lambda server: server.search(index=self._index, query=query, size=0, aggs=counts))
        return int(answer["aggregations"]["articles"]["value"])

    def _distinct(self, hits: Sequence[TopRow]) -> list[TopRow]:
        first: dict[int, TopRow] = {}
        for each in hits:
            first.setdefault(getattr(each, self._by), each)
        return list(first.values())

    def _passing(self, wanted: Wanted, answer: Response, rows: int, *, wand_query: bool) -> Iterator[TopRow]:
        """Yield the leaders among the rows of ``answer`` and of those after them."""
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
    """Tell whether with any row of an article its opening row matches, which then stands for it."""
    # A filter by role is the only one an opening row may fail that other rows of its article pass.
    return asked.listing and asked.query.role is None


def _page(found: Sequence[TopRow], answer: Response, size: int) -> TopPage:
    total = answer["hits"]["total"]
    return TopPage(found[:size], len(found) > size, total["value"], total["relation"] == "eq")


def _leaders(answer: Response, *, wand_query: bool = False) -> list[TopRow]:
    return [_leader(hit) for hit in _rows(answer) if not wand_query or MATCHING in hit.get("matched_queries", ())]


def _rows(answer: Response) -> Sequence[Mapping[str, Any]]:
    # What is empty is left out of the answer by its filter.
    return answer["hits"].get("hits", ()) if "hits" in answer else ()


def _leader(hit: Mapping[str, Any]) -> TopRow:
    document_id, group, fold = (hit["fields"][each["field"]][0] for each in FIELDS)
    return TopRow(document_id, group, fold, tuple(hit["sort"]))
