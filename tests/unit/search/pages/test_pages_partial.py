"""The list of results says where its partial matches begin; shown over an embedded index."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.open import open_index
from tests.support.http_application import World, make_world
from tests.support.index_contents import add

LINE = "以下仅部分匹配"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[World]:
    """The application over an embedded index with a full match and two partial ones."""
    index = open_index(f"tantivy://{tmp_path}", prefix="test", refresh_seconds=0.5)
    index.bootstrap()
    add(index, "b.txt", "预算绩效，预算绩效。", title="甲", signed_on="2020-05-01")
    add(index, "c.txt", "绩效与环境。", title="乙", signed_on="2018-05-01")
    add(index, "a.txt", "预算、绩效和环境。", title="丙", signed_on="2019-05-01")
    index.refresh()
    yield make_world(index=index)
    index.close()


def test_one_line_stands_before_the_first_partial_match(library: World) -> None:
    text = library.client.get("/?q=预算 绩效 环境").text
    assert text.count(LINE) == 1
    full, partial = text.split(LINE)
    assert (full.count('class="hit"'), partial.count('class="hit"')) == (1, 2)
    assert sorted(re.findall("缺：(.*?)<", partial)) == ["环境", "预算"]
    assert "缺：" not in full


def test_a_page_of_only_partial_matches_begins_with_the_line(library: World) -> None:
    text = library.client.get("/?q=预算 绩效 教育").text
    assert text.index(LINE) < text.index('class="hit"')
    assert text.count(LINE) == 1


def test_full_matches_alone_have_no_line(library: World) -> None:
    text = library.client.get("/?q=绩效").text
    assert text.count('class="hit"') == 3
    assert LINE not in text
    assert "缺：" not in text


def test_by_date_each_partial_match_says_so_itself(library: World) -> None:
    text = library.client.get("/?q=预算 绩效 环境&sort=newest").text
    assert LINE not in text
    assert text.count("仅部分匹配，缺：") == 2


def test_programs_get_the_missing_words_of_each_hit(library: World) -> None:
    hits = library.client.get("/v1/search", params={"q": "预算 绩效 环境"}).json()["hits"]
    assert hits[0]["missing"] == []
    assert sorted(hit["missing"][0] for hit in hits[1:]) == ["环境", "预算"]


def test_long_words_do_not_weigh_on_each_hit(library: World) -> None:
    text = library.client.get(f"/?q=预算 绩效 {'奇' * 900}").text
    assert max(map(len, re.findall("缺：(.*?)<", text))) <= 24
