"""The request for the rows of a page, and what is read of its answer."""

import json
from typing import Any

import pytest

from schemas.codec import encode
from schemas.records import SectionRow
from search.elastic.fetch import _read_page, _rows_asked
from search.elastic.query import Clauses
from search.elastic.top_articles import TopRow, Wanted

LEADER = TopRow("d", 7, 7, (2.5, 7, 0))
ROW = SectionRow("d-0-0", "d", "a/b.txt", 0, 0, 0, None, None, (), "正文", title="题")
MATCHING = {"term": {"text": "正"}}


def _answer(*sort: float) -> dict[str, Any]:
    hit = {"_score": None, "_source": json.loads(encode(ROW)), "sort": list(sort)}
    return {"aggregations": {"articles": {"buckets": [{"key": 7, "rows": {"hits": {"hits": [hit]}}}]}}}


def test_the_server_is_not_asked_to_score_the_rows_of_each_article_once_more() -> None:
    asked = _rows_asked(Wanted(Clauses(MATCHING, [MATCHING])), [LEADER], rows=3, fold=False)
    rows = asked["aggs"]["articles"]["aggs"]["rows"]["top_hits"]
    assert rows == {"size": 3, "sort": [{"_score": "desc"}, {"ordinal": "asc"}]}


@pytest.mark.parametrize(("sort", "score"), [((2.5, 0), 2.5), ((0,), 0.0)])
def test_the_score_of_a_row_is_read_from_what_it_was_sorted_by(sort: tuple[float, ...], score: float) -> None:
    [article] = _read_page(_answer(*sort), [LEADER])
    assert article.rows == [(score, ROW)]
