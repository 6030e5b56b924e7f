"""The files conversion is measured on: read back as they were written, numbers included."""

from dataclasses import replace
from pathlib import Path

import pytest

from ops.bench.conversion.measure import FLOORS, KINDS, LONG, Floor, FormatMeasurement, judge
from ops.bench.conversion.page_files import lines
from ops.bench.conversion.text import chinese, pages
from workers.convert.registry import convert

MEASURED = FormatMeasurement("docx", 2, 1_000, 4.0, 2.0, 0.3, 1.0, 50.0, "", False)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_what_its_name_says_and_holds_the_text(kind: str, tmp_path: Path) -> None:
    suffix, write, shown = KINDS[kind]
    text = pages(3)
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(write(text))
    work = tmp_path / "work"
    work.mkdir()
    converted = convert(path, hint=suffix, workdir=work)
    assert converted.format == ("doc" if suffix == "wps" else suffix)
    assert not any(problem.lossy for problem in converted.problems)
    if shown:
        assert "".join(lines(text)) in "".join(block.text for block in converted.blocks)


@pytest.mark.parametrize("kind", ["doc", "docx", "odt"])
def test_the_numbers_stand_nowhere_in_the_text_of_a_numbered_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"file.{kind}"
    path.write_bytes(KINDS[kind][1](pages(12)))
    converted = convert(path, hint=kind, workdir=tmp_path)
    assert [block.number for block in converted.blocks if block.number][-5:] == [
        "十二、",
        "（一）",
        "（二）",
        "1.",
        "2.",
    ]


def test_numbers_are_counted_in_chinese() -> None:
    assert list(map(chinese, (1, 10, 12, 20, 99, 100, 101, 110, 200))) == [
        *("一", "十", "十二", "二十", "九十九", "一百", "一百零一", "一百一十", "二百")
    ]


def test_a_file_meets_its_floor_only_within_the_memory_there_is() -> None:
    fast = Floor(milliseconds=5)
    assert judge(MEASURED, fast).met
    assert not judge(replace(MEASURED, milliseconds=5.0), fast).met
    assert not judge(replace(MEASURED, peak_megabytes=200.0), fast).met
    assert not judge(MEASURED, Floor(milliseconds_a_page=1.9)).met
    assert not judge(MEASURED, Floor(megabytes_a_second=20)).met


def test_no_kind_is_measured_without_a_limit_of_memory() -> None:
    assert judge(replace(MEASURED, pages=LONG), Floor()).met
    assert judge(replace(MEASURED, pages=LONG, peak_megabytes=900.0), Floor()).met is False
    assert {kind for kind, _ in FLOORS} <= set(KINDS)
