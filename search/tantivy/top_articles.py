"""The articles of one page of a search over a tantivy index: rows are grouped here, each article by its first row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import tantivy

from schemas.queries import MAX_OFFSET, Sort
from search.query.request import PreparedQuery

# Up to this number of matching rows their articles are counted exactly; beyond it counts are estimates.
EXACT = 20_000
# Number of rows in the first request.
FIRST = 1_000
GROWTH = 8
# Maximum of rows read for the articles of one page and their copies, best first.
OF_A_PAGE = 20_000
# Sort field of each order, and the sign that makes its values ascend; None for the score.
ORDERS: dict[Sort, tuple[str | None, int]] = {
    Sort.RELEVANCE: (None, -1),
    Sort.NEWEST: ("newest", -1),
    Sort.OLDEST: ("oldest", 1),
}
Row = tuple[float, tantivy.DocAddress]
Among = Callable[[str, Sequence[int]], tantivy.Query]
# Sort value of an article, and the collapse key it shares with its copies.
_Place = tuple[tuple[float, int], int]


@dataclass(frozen=True, slots=True)
class TopArticle:
    """A matching article: its place, its rows, and the number of other articles with the same text."""

    place: tuple[float, int]
    rows: Sequence[Row]
    others: int


@dataclass(frozen=True, slots=True)
class _Hits:
    """Rows in the requested order, with their article keys and collapse keys.

    ``whole`` is whether these are all matching rows.
    """

    rows: Sequence[Row]
    groups: Sequence[int]
    folds: Sequence[int]
    whole: bool


@dataclass(frozen=True, slots=True)
class TopPage:
    """The articles of a page, whether more follow, and the total of matching rows.

    ``articles_in_all`` is the total of matching articles; None if only those of the best rows are known.
    """

    articles: Sequence[TopArticle]
    more: bool
    articles_in_all: int | None
    sections: int


class ArticleRanker:
    """Groups the rows one search finds in ``searcher`` by article."""

    def __init__(self, searcher: tantivy.Searcher, asked: PreparedQuery) -> None:
        self._searcher = searcher
        self._asked = asked
        self._field, self._sign = ORDERS[asked.order]

    def page(
        self,
        clause: tantivy.Query,
        among: Among,
        matching: Callable[[], tantivy.Query],
        *,
        openings: bool = False,
    ) -> TopPage:
        """Return the requested page.

        Args:
            clause: The query.
            among: Makes the query restricted to rows with one of some values in a field.
            matching: Makes the query without scores.
            openings: Whether it matches only opening rows, each of which represents its article.
        """
        query = self._asked.query
        wanted = min(query.offset, MAX_OFFSET) + query.size + 1
        limit = max(FIRST, 2 * wanted)
        while True:
            count, hits = self._hits(clause, limit)
            found = self._leading(hits, wanted)
            if hits.whole or len(found) >= wanted:
                break
            limit *= GROWTH
        page = found[query.offset :][: query.size + 1] if self._asked.inside else []
        more, page = len(page) > query.size, page[: query.size]
        if openings:
            return TopPage(_articles(hits, page), more, count, count)
        if hits.whole:
            return TopPage(_articles(hits, page), more, len(set(hits.groups)), count)
        articles = self._count_articles(matching()) if count <= EXACT else None
        return TopPage(_articles(self._rows_of(among, page), page), more, articles, count)

    def _rows_of(self, among: Among, places: Sequence[_Place]) -> _Hits:
        """Return the rows of these articles and of their copies, even if not among the best rows."""
        name = "fold" if self._asked.query.fold else "group"
        return self._hits(among(name, [fold for _, fold in places]), OF_A_PAGE)[1]

    def _count_articles(self, clause: tantivy.Query) -> int:
        """Return the number of articles among at most ``EXACT`` rows."""
        each = {"terms": {"field": "group", "size": EXACT, "segment_size": EXACT}}
        found: Any = self._searcher.aggregate(clause, {"articles": each})
        return len(found["articles"]["buckets"])

    def _hits(self, clause: tantivy.Query, limit: int) -> tuple[int, _Hits]:
        order = tantivy.Order.Asc if self._sign > 0 else tantivy.Order.Desc
        found: Any = self._searcher.search(clause, limit, order_by_field=self._field, order=order)
        addresses = [address for _, address in found.hits]
        groups: Any = self._searcher.fast_field_values("group", addresses)
        folds: Any = self._searcher.fast_field_values("fold", addresses) if self._asked.query.fold else groups
        return found.count, _Hits(found.hits, groups, folds, found.count <= limit)

    def _leading(self, hits: _Hits, wanted: int) -> list[_Place]:
        """Return the places of the first articles after the cursor, at least ``wanted`` of them."""
        after = tuple(self._asked.place.after) if self._asked.place else None
        found: list[_Place] = []
        known: set[int] = set()
        for score, equal in groupby(zip(hits.rows, hits.groups, hits.folds, strict=True), lambda row: row[0][0]):
            if len(found) >= wanted or (not hits.whole and score == hits.rows[-1][0]):
                # Unread rows may tie with the last row and sort before it.
                break
            first: dict[int, int] = {}
            for _, group, fold in equal:
                if fold not in known:
                    first[fold] = min(group, first.get(fold, group))
            known.update(first)
            led = sorted(((score * self._sign, group), fold) for fold, group in first.items())
            found += [each for each in led if after is None or each[0] > after]
        return found


def _articles(hits: _Hits, places: Sequence[_Place]) -> list[TopArticle]:
    rows: dict[int, list[Row]] = {group: [] for (_, group), _ in places}
    for row, group in zip(hits.rows, hits.groups, strict=True):
        if group in rows:
            rows[group].append(row)
    alike: dict[int, set[int]] = {fold: set() for _, fold in places}
    for fold, group in zip(hits.folds, hits.groups, strict=True):
        if fold in alike:
            alike[fold].add(group)
    return [TopArticle(place, rows[place[1]], len(alike[fold]) - 1) for place, fold in places]
