"""The articles of one page of a search over a tantivy index: rows are grouped here, the first of each leads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import tantivy

from schemas.queries import Sort
from search.asking import Asked
from search.query import MAX_OFFSET

# Up to this many matching rows are grouped one by one, so that counts are exact; beyond it they are estimated.
EXACT = 20_000
# How many rows are grouped at first where each is an article and is counted without that.
OPENINGS = 400
GROWTH = 8
# Field an order goes by, and the sign that makes its values ascend; none for the score.
ORDERS: dict[Sort, tuple[str | None, int]] = {
    Sort.RELEVANCE: (None, -1),
    Sort.NEWEST: ("newest", -1),
    Sort.OLDEST: ("oldest", 1),
}
Row = tuple[float, tantivy.DocAddress]


@dataclass(slots=True)
class Article:
    """A matching article: its place in the order of all, and its rows among those of articles with the same text."""

    place: tuple[float, int]
    groups: dict[int, list[Row]] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        """Return the rows of the article that leads."""
        return self.groups[self.place[1]]

    @property
    def others(self) -> int:
        """Return how many articles share its text."""
        return len(self.groups) - 1


@dataclass(frozen=True, slots=True)
class Page:
    """The articles of a page, whether more follow, and how many articles and rows match in all."""

    articles: Sequence[Article]
    more: bool
    documents: int
    sections: int


class Leading:
    """Groups what one search finds with ``searcher``."""

    def __init__(self, searcher: tantivy.Searcher, asked: Asked) -> None:
        self._searcher = searcher
        self._asked = asked
        self._field, self._sign = ORDERS[asked.order]

    def page(self, clause: tantivy.Query, *, openings: bool = False) -> Page:
        """Return the page that was asked for.

        Args:
            clause: What matches.
            openings: Whether it matches opening rows alone, of which each stands for an article.
        """
        query = self._asked.query
        wanted = min(query.offset, MAX_OFFSET) + query.size + 1
        limit = max(OPENINGS, 2 * wanted) if openings else EXACT
        while True:
            count, hits = self._hits(clause, limit)
            articles = self._grouped(hits)
            if count > limit:
                # Of rows that are equally good some may not have been read, and would come first.
                articles = [each for each in articles if each.place[0] < hits[-1][0] * self._sign]
            behind = self._behind(articles)
            if count <= limit or len(behind) >= wanted:
                page = behind[query.offset :][: query.size + 1] if self._asked.inside else []
                documents = self._count(clause, articles, count, all_read=count <= limit, openings=openings)
                return Page(page[: query.size], len(page) > query.size, documents, count)
            limit *= GROWTH

    def _hits(self, clause: tantivy.Query, limit: int) -> tuple[int, list[Row]]:
        order = tantivy.Order.Asc if self._sign > 0 else tantivy.Order.Desc
        found: Any = self._searcher.search(clause, limit, order_by_field=self._field, order=order)
        return found.count, found.hits

    def _grouped(self, hits: Sequence[Row]) -> list[Article]:
        addresses = [address for _, address in hits]
        groups: Any = self._searcher.fast_field_values("group", addresses)
        folds: Any = self._searcher.fast_field_values("fold", addresses) if self._asked.query.fold else groups
        articles: dict[Any, Article] = {}
        for group, fold, hit in zip(groups, folds, hits, strict=True):
            place = (hit[0] * self._sign, group)
            article = articles.setdefault(fold, Article(place))
            article.place = min(article.place, place)
            article.groups.setdefault(group, []).append(hit)
        return sorted(articles.values(), key=lambda each: each.place)

    def _behind(self, articles: list[Article]) -> list[Article]:
        place = self._asked.place
        return articles if place is None else [each for each in articles if each.place > tuple(place.after)]

    def _count(
        self, clause: tantivy.Query, articles: Sequence[Article], count: int, *, all_read: bool, openings: bool
    ) -> int:
        if openings:
            return count
        exact = sum(len(each.groups) for each in articles)
        return exact if all_read else max(exact, round(self._searcher.cardinality(clause, "group")))
