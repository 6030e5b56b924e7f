"""Marks stand on what matched, in the script it was written in; snippets are short and dense."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.queries import Snippet
from search.query.analysis import squeeze
from search.results.highlight import SLACK, WINDOW, densest, find, whole

TEXTS = st.text(alphabet="公开政府ＡaB信息 \n。,“", max_size=600)
TERMS = st.lists(st.text(alphabet="公开政府ab信息", min_size=1, max_size=4), max_size=5)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


@given(TEXTS, TERMS)
def test_marks_are_ascending_disjoint_and_within_the_snippet(text: str, terms: list[str]) -> None:
    for snippet in (whole(text, None, terms), densest(text, None, terms)):
        ends = [end for mark in snippet.marks for end in mark]
        assert ends == sorted(set(ends))
        assert all(0 <= end <= len(snippet.text) for end in ends)
        assert all(any(term in squeeze(piece) for term in terms) for piece in marked(snippet))


@given(TEXTS, TERMS)
def test_a_snippet_shows_a_match_wherever_there_is_one(text: str, terms: list[str]) -> None:
    assert bool(densest(text, None, terms).marks) == bool(find(text, terms))


@given(TEXTS, TERMS)
def test_a_snippet_is_a_stretch_of_the_text(text: str, terms: list[str]) -> None:
    snippet = densest(text, None, terms)
    assert snippet.text.strip("…") in text
    assert len(snippet.text) <= WINDOW + 3 * SLACK + 2


def test_the_stretch_with_most_different_words_is_chosen() -> None:
    filler = "其他内容没有关系的文字。" * 30
    text = f"{filler}公开公开公开公开。{filler}政府信息应当公开。{filler}"
    snippet = densest(text, None, ["公开", "政府", "信息"])
    assert "政府信息应当公开" in snippet.text
    assert marked(snippet) == ["政府信息", "公开"]


def test_a_snippet_begins_with_a_sentence_where_one_is_near() -> None:
    text = "甲" * 300 + "。乙乙乙乙找到了目标词语,后面还有。" + "丙" * 300
    assert densest(text, None, ["目标词语"]).text.startswith("乙乙乙乙找到了")


def test_matches_are_shown_in_the_original_script() -> None:
    snippet = densest("当前政府信息公开", "當前政府信息公開", ["公开"])
    assert snippet.text == "當前政府信息公開"
    assert marked(snippet) == ["公開"]


def test_an_original_of_another_length_is_not_used() -> None:
    assert whole("公开", "公開了", ["公开"]).text == "公开"


def test_white_space_inside_a_match_is_passed_over() -> None:
    assert marked(whole("政 府\n信息", None, ["政府信息"])) == ["政 府\n信息"]


def test_a_megabyte_on_one_line_is_no_trouble() -> None:
    for text in ("公" * 1_000_000, "公 " * 500_000, "公公开" * 300_000):
        snippet = densest(text, None, ["公" * 200, "公开", "公公公公"])
        assert len(snippet.text) <= 4 * WINDOW + SLACK + 2
