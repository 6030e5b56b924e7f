"""A word is found where it stands as a word, not where its characters only stand side by side."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.queries import Query, SearchResult
from search.protocol import Index
from tests.support.index_contents import add, keys_of, marked

LONG = "各有关单位要结合实际认真研究,明确责任分工,加强沟通衔接,确保各项任务落到实处,并按季度报送进展情况。"
SAMPLES = Path(__file__).parents[2] / "samples" / "words" / "words.tsv"


@dataclass(frozen=True, slots=True)
class Case:
    """A word, a phrase in which its characters belong to two other words, and a phrase that holds it."""

    word: str
    apart: str
    held: str


CASES = [Case(*line.split("\t")) for line in SAMPLES.read_text("utf-8").splitlines()]


def fill(index: Index, cases: list[Case]) -> None:
    """Put in, for each case, a document with the word once in a long section, and four short ones without it."""
    for number, case in enumerate(cases):
        add(index, f"{number}/true", "前言", f"{LONG}其中,{case.held},由牵头单位统筹推进。{LONG}", title=None)
        for other in range(4):
            texts = (f"第{other}期。{case.apart}。", f"{case.apart},{case.apart}。")
            add(index, f"{number}/false-{other}", *texts, title=None)
    index.refresh()


def shown(found: SearchResult) -> list[str]:
    """Return what is marked in the first section shown."""
    text = found.hits[0].sections[0].text
    return marked(text.text, text.marks)


def share(told: list[bool]) -> float:
    return sum(told) / len(told)


def test_the_document_with_the_word_comes_first_and_is_counted_alone(index: Index) -> None:
    fill(index, CASES)
    found = [index.search(Query(case.word, prefix=f"{number}/")) for number, case in enumerate(CASES)]
    keys = [keys_of(each) for each in found]
    false = [[key for key in some if "/false-" in key] for some in keys]
    assert share([some[:1] == [f"{n}/true"] for n, some in enumerate(keys)]) >= 0.98
    assert share([f"{n}/true" in some and not false[n] for n, some in enumerate(keys)]) >= 0.95
    assert share([each.documents <= len(keys[n]) - len(false[n]) for n, each in enumerate(found)]) >= 0.95


@pytest.fixture
def offices(index: Index) -> Index:
    add(index, "word", "前言", "民政部门负责社会救助,区人民政府予以支持。", title=None, issuer="甲局", year=2020)
    add(index, "apart", "前言", "由县人民政府公布。", title=None, issuer="乙局", year=2021)
    add(index, "name", "前言", "救助站由本局管理。", title="民政局文件", issuer="甲局", year=2022)
    add(index, "none", "前言", "环境空气质量。", title=None)
    index.refresh()
    return index


def test_totals_and_facets_count_words_and_say_how_many_sections_hold_the_characters_alone(offices: Index) -> None:
    found = offices.search(Query("民政", facets=("issuer", "year")))
    assert keys_of(found) == ["name", "word"] or keys_of(found) == ["word", "name"]
    assert (found.documents, found.sections, found.apart) == (2, 3, 1)
    assert {value.value: value.count for value in found.facets[0].values} == {"甲局": 2}


def test_the_rest_is_found_on_demand(offices: Index) -> None:
    found = offices.search(Query("民政", literal=True))
    assert set(keys_of(found)) == {"word", "name", "apart"}
    assert (found.documents, found.apart) == (3, 0)


def test_a_word_that_stands_nowhere_as_one_is_found_by_its_characters(index: Index) -> None:
    add(index, "apart", "由县人民政府公布。", title=None)
    index.refresh()
    found = index.search(Query("民政", explain=True))
    assert keys_of(found) == ["apart"]
    assert shown(found) == ["民政"]
    assert found.notes == ("没有以词出现的命中，以下仅为字面相连的结果。",)
    assert found.hits[0].sections[0].reasons == ("正文里“民政”仅字面相连。",)


def test_quoted_text_is_found_wherever_it_stands(offices: Index) -> None:
    assert set(keys_of(offices.search(Query("“民政”")))) == {"word", "name", "apart"}
    assert keys_of(offices.search(Query("“人民政府公布”"))) == ["apart"]


def test_what_is_not_wanted_is_a_word_too(offices: Index) -> None:
    assert keys_of(offices.search(Query("人民政府 -民政"))) == ["apart"]


def test_marks_stand_on_words(offices: Index) -> None:
    hits = {hit.key: hit for hit in offices.search(Query("民政", explain=True)).hits}
    section = hits["word"].sections[0]
    assert section.text.marks == ((0, 2),)
    assert "正文里有“民政”。" in section.reasons


def test_pages_told_by_their_cursor_go_on_with_words(index: Index) -> None:
    for number in range(7):
        add(index, f"word-{number}", f"{LONG}民政部门第{number}次会议。", title=None)
        add(index, f"apart-{number}", f"县人民政府第{number}次会议。", title=None)
    index.refresh()
    seen: list[str] = []
    cursor = None
    while True:
        found = index.search(Query("民政", size=3, cursor=cursor))
        seen += keys_of(found)
        cursor = found.cursor
        if cursor is None:
            break
    assert sorted(seen) == [f"word-{number}" for number in range(7)]


def test_a_lone_character_of_a_word_is_no_match(index: Index) -> None:
    add(index, "one", "申请公共租赁住房的,打印凭证。", title=None)
    add(index, "other", "公平分配教室,不得打击报复。", title=None)
    index.refresh()
    assert keys_of(index.search(Query("公租房"))) == ["one"]
    assert shown(index.search(Query("公租房 打 凭证"))) == ["公共租赁住房", "凭证"]


@pytest.mark.parametrize("typed", ["民政 OR 乌有", "乌有 | 民政", "民政 OR “乌有”"])
def test_behind_an_or_a_word_is_one_too(offices: Index, typed: str) -> None:
    found = offices.search(Query(typed))
    alone = offices.search(Query("民政"))
    assert (keys_of(found), found.documents, found.sections) == (keys_of(alone), alone.documents, alone.sections)
    assert shown(found) == shown(alone)


def test_in_a_title_an_unquoted_word_is_one_and_a_quoted_one_its_characters(index: Index) -> None:
    add(index, "word", "正文", title="民政部门工作总结")
    add(index, "apart", "正文", title="人民政府工作总结")
    index.refresh()
    assert keys_of(index.search(Query("title:民政"))) == ["word"]
    assert set(keys_of(index.search(Query('title:"民政"')))) == {"word", "apart"}
    assert set(keys_of(index.search(Query('"民政" OR "乌有"')))) == {"word", "apart"}


def test_where_no_alternative_of_an_or_stands_as_a_word_its_characters_are_found_and_the_result_says_so(
    index: Index,
) -> None:
    add(index, "apart", "人民政府予以支持。", title=None)
    index.refresh()
    found = index.search(Query("民政 OR 乌有"))
    assert keys_of(found) == ["apart"]
    assert found.notes
