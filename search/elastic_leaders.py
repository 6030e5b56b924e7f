"""The articles of one page of a search on Elasticsearch, each by its leading row: its first in the order asked for.

A page told by its offset is grouped by the server. It cannot group behind a given place, so a page told by its cursor
reads rows from that place on and passes over those that do not lead: their article stands on an earlier page, or
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
from search.elastic_facets import Filters, counting
from search.elastic_filters import Clause

# How many rows are read behind a cursor for each article of the page, and how often at most.
ROWS_EACH = 8
ROUNDS = 40
FIELDS: list[Clause] = [{"field": name} for name in ("document_id", "group", "fold")]
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
    later: Filters
    listing: bool = False

    @property
    def after(self) -> list[Clause]:
        """Return the filters that come after the query."""
        return [each for some in self.later.values() for each in some]

    def among(self, field: str, values: Sequence[int]) -> Clause:
        """Return the whole query, for rows with these values alone."""
        return {"bool": {"must": [self.clause], "filter": [*self.after, {"terms": {field: list(values)}}]}}


@dataclass(frozen=True, slots=True)
class Leader:
    """A leading row: its document and article, what articles with the same text share, and what it was sorted by."""

    document_id: str
    group: int
    fold: int
    order: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The articles of a page, whether more follow, and the server's answer with the counts."""

    leaders: Sequence[Leader]
    more: bool
    answer: Response


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
        # Beyond its result window the server answers with an error; there, only the counts are asked for.
        inside, query = self._asked.inside, self._asked.query
        window = {"from_": query.offset, "size": query.size + 1} if inside else {"size": 0}
        answer = self._ask(wanted, collapse={"field": self._by}, aggs=self._counts(wanted), **window)
        found = _leaders(answer)
        return Page(found[: query.size], len(found) > query.size, answer)

    def _behind(self, wanted: Wanted, place: Sequence[Any]) -> Page:
        counts, size = self._counts(wanted), self._asked.query.size
        first = self._ask(wanted, aggs=counts, search_after=list(place), size=size * ROWS_EACH)
        found = list(islice(self._passing(wanted, first, size * ROWS_EACH), size + 1))
        return Page(found[:size], len(found) > size, first)

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
        options.setdefault("track_total_hits", True)
        return self._client.call(
            lambda server: server.search(
                index=self._index,
                query=wanted.clause,
                post_filter={"bool": {"filter": wanted.after}} if wanted.after else None,
                sort=self._order(),
                source=False,
                docvalue_fields=FIELDS,
                preference=self._copy,
                **options,
            )
        )

    def _counts(self, wanted: Wanted) -> dict[str, Clause]:
        # A filter by role is the only one an opening row may fail that other rows of its article pass.
        openings = wanted.listing and self._asked.query.role is None
        return counting(self._asked.facets, wanted.later, openings=openings)

    def _order(self) -> list[Clause]:
        order = self._asked.order
        if order is Sort.RELEVANCE:
            return [{"_score": "desc"}, *TIES]
        return [{"day": {"order": "desc" if order is Sort.NEWEST else "asc", "missing": "_last"}}, *TIES]


def _leaders(answer: Response) -> list[Leader]:
    return [_leader(hit) for hit in answer["hits"]["hits"]]


def _leader(hit: Mapping[str, Any]) -> Leader:
    document_id, group, fold = (hit["fields"][each["field"]][0] for each in FIELDS)
    return Leader(document_id, group, fold, tuple(hit["sort"]))
