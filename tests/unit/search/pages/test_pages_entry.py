"""The entry page shows what is there, and the head of every page what its reader may open."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from schemas.access import Scope
from search.open import open_index
from search.results.example_queries import FIXED
from tests.support.http_application import World, make_world
from tests.support.index_contents import add
from tests.support.page_outline import Outline

HTML = {"Accept": "text/html"}
LARGEST_PAGE = 70_000
OPERATIONS = 'href="/operations"'


@pytest.fixture
def library(tmp_path: Path) -> Iterator[World]:
    """The application over an empty embedded index."""
    index = open_index(f"tantivy://{tmp_path}", prefix="test", refresh_seconds=0.5)
    index.bootstrap()
    yield make_world(index=index)
    index.close()


def fill(world: World) -> None:
    """Put in ten notices of two offices, one a year."""
    for number in range(10):
        day = f"{2010 + number}-03-02"
        add(
            world.index,
            f"{number}.txt",
            "做好政务公开工作。",
            title=f"第{number}号通知（试行）" if number == 9 else f"关于第{number}项工作的通知",
            issuer="某市水利局" if number % 3 else "某市教育局",
            document_number=f"某政发〔{2010 + number}〕{number + 1}号" if number < 9 else None,
            signed_on=day,
            year=2010 + number,
            kind="通知" if number % 2 else "报告",
        )
    world.index.refresh()


def test_the_newest_documents_come_first_and_lead_to_themselves(library: World) -> None:
    fill(library)
    text = library.client.get("/").text
    newest = text[text.index('id="newest"') : text.index('id="browse"')]
    titles = ["第9号通知（试行）", *(f"关于第{number}项工作的通知" for number in range(8, 1, -1))]
    places = [newest.index(title) for title in titles]
    assert places == sorted(places)
    assert "关于第1项工作的通知" not in newest
    assert "2019年3月2日" in newest
    first = next(link for link in Outline(newest).links if link.startswith("/d/"))
    assert "第9号通知（试行）" in library.client.get(first).text


@pytest.mark.parametrize(("name", "value", "count"), [("kind", "通知", 5), ("issuer", "某市水利局", 6)])
def test_counts_by_kind_and_issuer_lead_to_lists_of_as_many(library: World, name: str, value: str, count: int) -> None:
    fill(library)
    text = library.client.get("/").text
    assert f'<span class="what">{value}</span> <span class="many">{count}</span>' in text
    link = next(link for link in Outline(text).links if unquote_plus(link) == f"/catalogue?{name}={value}")
    assert f"共 {count} 篇" in library.client.get(link).text


def test_each_example_finds_something(library: World) -> None:
    fill(library)
    text = library.client.get("/").text
    tips = text[text.index('<dl class="tips">') : text.index("</dl>")]
    links = Outline(tips).links
    assert [unquote_plus(link) for link in links] == [
        "/?q=某政发〔2018〕9号",
        "/?q=“关于第8项工作的通知”",
        "/?q=发文机关:某市教育局 年份:2019",
    ]
    for link in links:
        assert 'class="hit"' in library.client.get(link).text, link


def test_an_empty_library_shows_fixed_examples_and_no_lists(library: World) -> None:
    text = library.client.get("/").text
    assert all(example.query in text for example in FIXED)
    assert 'id="newest"' not in text
    assert 'id="browse"' not in text


def test_the_entry_page_stays_small_whatever_the_documents_are_called(library: World) -> None:
    for number in range(40):
        long = f"{number}" + "很长的名称" * 60
        add(library.index, f"{number}.txt", "内容", title=long, issuer=long, kind=long[:80], signed_on="2020-01-01")
    library.index.refresh()
    answer = library.client.get("/")
    assert answer.text.count("<time") == 8
    assert len(answer.content) < LARGEST_PAGE


@pytest.mark.parametrize("path", ["/", "/?q=公开", "/catalogue", "/office", "/upload", "/d/nothing"])
def test_operations_are_linked_for_those_who_may_operate(world: World, path: str) -> None:
    assert OPERATIONS not in world.client.get(path, headers=HTML).text
    assert OPERATIONS in world.client.get(path, headers=HTML | world.sent(Scope.OPERATE, Scope.WRITE)).text
    world.sign_in(Scope.READ, Scope.WRITE)
    assert OPERATIONS not in world.client.get(path, headers=HTML).text
    world.sign_in(Scope.OPERATE)
    assert OPERATIONS in world.client.get(path, headers=HTML).text
    world.client.cookies.clear()
    assert OPERATIONS not in world.client.get(path, headers=HTML).text
