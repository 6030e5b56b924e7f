"""Containers that would unpack without end: what comes out before the limit is kept, the rest counted and named."""

import gzip
from pathlib import Path

import pytest

from schemas.blocks import Converted
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.builders.containers import contents, read, tarred, zipped
from tests.support.builders.seven_zip import seven_zipped

MILLION = 1_000_000
ZEROS = {f"{number}.txt": b"\0" * (8 * MILLION) for number in range(6)}


def left_at(converted: Converted, limit: str) -> bool:
    """Return whether the one problem is of this limit."""
    (problem,) = converted.problems
    assert "were left out: they lie beyond" in problem.message
    return problem.category is Category.BOMB and problem.lossy and f"GONGKAI_LIMIT_{limit.upper()}" in problem.message


@pytest.mark.parametrize("pack", [zipped, tarred, seven_zipped])
def test_more_files_than_allowed_are_counted_and_left_out(tmp_path: Path, pack: object) -> None:
    packed = pack({f"{number}.txt": b"1" for number in range(7)})  # type: ignore[operator]
    converted = read(tmp_path, packed, limits=Limits(child_count=5))
    assert len(contents(tmp_path, converted)) == 5
    assert converted.children_expected == (7 if pack is not tarred else 6)
    assert left_at(converted, "child_count")


@pytest.mark.parametrize("pack", [zipped, seven_zipped, lambda files: gzip.compress(tarred(files))])
def test_what_expands_beyond_the_ratio_stops_there(tmp_path: Path, pack: object) -> None:
    packed = pack(ZEROS)  # type: ignore[operator]
    converted = read(tmp_path, packed, limits=Limits(expansion_ratio=2))
    assert 0 < len(converted.children) < 6
    assert converted.children_expected > len(converted.children)
    assert left_at(converted, "expansion_ratio")
    assert sum(path.stat().st_size for path in (tmp_path / "work").iterdir()) <= 17 * MILLION


@pytest.mark.parametrize("pack", [zipped, seven_zipped, tarred])
def test_no_more_is_written_than_allowed(tmp_path: Path, pack: object) -> None:
    packed = pack(ZEROS)  # type: ignore[operator]
    converted = read(tmp_path, packed, limits=Limits(written_bytes=20 * MILLION, expansion_ratio=100_000))
    assert [child.size for child in converted.children] == [8 * MILLION] * 2
    assert left_at(converted, "written_bytes")


def test_many_small_files_count_as_the_blocks_they_take(tmp_path: Path) -> None:
    packed = zipped({f"{number}": b"1" for number in range(40)})
    converted = read(tmp_path, packed, limits=Limits(written_bytes=100_000))
    assert len(converted.children) == 21
    assert left_at(converted, "written_bytes")


def test_a_small_file_may_expand_much(tmp_path: Path) -> None:
    converted = read(tmp_path, zipped({"log.txt": b"ok\n" * MILLION}))
    assert (len(converted.children), converted.problems) == (1, ())
