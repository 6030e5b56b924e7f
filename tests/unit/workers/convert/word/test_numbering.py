"""Counting through lists, and what LibreOffice renders for lists of every Chinese format, level and restart."""

import json
from pathlib import Path

import pytest

from tests.support.builders import numbering_set
from workers.convert.registry import convert
from workers.convert.word.numbering import Counters, Level, NumberedList, join_label, level_of, parts_of


def levels(*templates: str) -> dict[int, Level]:
    return {index: Level(parts=parts_of(template)) for index, template in enumerate(templates)}


def count(numbered: NumberedList, *path: int, key: str = "1", counters: Counters | None = None) -> list[str]:
    counters = counters or Counters()
    return [counters.advance(key, numbered, level) for level in path]


def test_a_deeper_level_starts_again_under_each_higher_one() -> None:
    numbered = NumberedList("a", levels("%1、", "(%2)", "%3."))
    assert count(numbered, 0, 1, 1, 2, 0, 1, 2) == ["1、", "(1)", "(2)", "1.", "2、", "(1)", "1."]


def test_a_skipped_level_counts_as_its_start() -> None:
    numbered = NumberedList("a", levels("%1", "%1.%2", "%1.%2.%3"))
    assert count(numbered, 2, 0, 2, 1) == ["1.1.1", "2", "2.1.1", "2.2"]


def test_a_level_that_never_restarts_goes_on() -> None:
    numbered = NumberedList("a", {0: Level(parts=(0,)), 1: Level(parts=("第", 1, "章"), restart=0)})
    assert count(numbered, 0, 1, 1, 0, 1) == ["1", "第1章", "第2章", "2", "第3章"]


def test_a_level_restarts_after_the_named_level_only() -> None:
    numbered = NumberedList("a", {0: Level(parts=(0,)), 1: Level(parts=(1,)), 2: Level(parts=("条", 2), restart=1)})
    assert count(numbered, 0, 1, 2, 1, 2, 0, 1, 2) == ["1", "1", "条1", "2", "条2", "2", "1", "条1"]


def test_legal_numbering_shows_every_number_in_digits() -> None:
    chapter = Level(parts=("第", 0, "章"), format="chineseCounting")
    numbered = NumberedList("a", {0: chapter, 1: Level(parts=(0, ".", 1), format="upperRoman", legal=True)})
    assert count(numbered, 0, 0, 1) == ["第一章", "第二章", "2.1"]


def test_instances_of_one_definition_go_on_counting_unless_they_set_a_start() -> None:
    counters = Counters()
    first, second = NumberedList("a", levels("%1.")), NumberedList("a", levels("%1."), {0: 1})
    assert count(first, 0, 0, key="1", counters=counters) == ["1.", "2."]
    assert count(second, 0, 0, key="2", counters=counters) == ["1.", "2."]
    assert count(first, 0, key="1", counters=counters) == ["3."]


def test_bullets_and_hidden_labels_show_no_number_but_count() -> None:
    bullet = NumberedList("a", {0: Level(parts=("•",), format="bullet")})
    hidden = NumberedList("b", {0: Level(parts=(0,), hidden=True), 1: Level(parts=(0, ".", 1))})
    assert count(bullet, 0) == [""]
    assert count(hidden, 0, 0, 1) == ["", "", "2.1"]


def test_a_label_that_asks_for_a_deeper_level_is_void_as_in_word() -> None:
    assert count(NumberedList("a", levels("%2.%1", "%2")), 0) == [""]


def test_the_level_tied_to_a_style_is_found() -> None:
    numbered = NumberedList("a", {0: Level(style="1"), 1: Level(style="2")})
    assert level_of(numbered, None, ("x", "2")) == 1
    assert level_of(numbered, 3, ()) == 3
    assert level_of(numbered, 99, ()) == 8


def test_label_and_text_are_joined_as_if_typed() -> None:
    assert join_label("一、", "总体要求") == "一、总体要求"
    assert join_label("(一)", "总体要求") == "(一)总体要求"
    assert join_label("第一章", "总则") == "第一章 总则"
    assert join_label("第一章", "总则", "nothing") == "第一章总则"
    assert join_label("1.", "编号") == "1.编号"
    assert join_label("1.", "2024年") == "1. 2024年"
    assert join_label("1.1", "概述") == "1.1 概述"


RENDERED = json.loads((numbering_set.FOLDER / "numbering.json").read_text("utf-8"))


def test_every_number_of_a_docx_is_what_libreoffice_renders_or_word_where_that_differs(tmp_path: Path) -> None:
    path = numbering_set.write(tmp_path / "numbering.docx")
    wanted = numbering_set.as_word(RENDERED["docx"])
    assert read_labels(path, tmp_path) == wanted
    # Where Word differs is a known handful, not what happened to come out.
    assert sum(word != office for word, office in zip(wanted, RENDERED["docx"], strict=True)) == 21


@pytest.mark.parametrize(("suffix", "rendered"), [("doc", "doc"), ("odt", "odt"), ("rtf", "docx")])
def test_every_number_of_its_other_forms_is_what_libreoffice_renders(
    suffix: str, rendered: str, tmp_path: Path
) -> None:
    found = read_labels(numbering_set.FOLDER / f"numbering.{suffix}", tmp_path)
    assert numbering_set.without_circles(found) == numbering_set.without_circles(RENDERED[rendered])


def read_labels(path: Path, workdir: Path) -> list[str]:
    converted = convert(path, hint=path.suffix[1:], workdir=workdir)
    return numbering_set.labels([block.text for block in converted.blocks])
