"""The merge of bucket and index, without either."""

import random
from collections.abc import Iterator

import pytest

from schemas.families import family_mark
from schemas.outcomes import State
from schemas.records import RecordKey
from workers.reconcile.sweep import differences
from workers.storage.protocol import ObjectInfo

NOW = {"convert": 2, "normalize": 1}
THEN = {"convert": 1, "normalize": 1}


def found(key: str, etag: str = "e1") -> ObjectInfo:
    return ObjectInfo(key, etag, 1, 0.0)


def recorded(
    key: str,
    etag: str = "e1",
    state: State = State.INDEXED,
    stages: dict[str, int] = NOW,
    parent: str | None = None,
    children: tuple[str, ...] | None = None,
) -> RecordKey:
    mark = "" if children is None else family_mark((f"{key}!/{child}", "e1") for child in children)
    return RecordKey(key, etag, state, stages, parent, mark)


@pytest.mark.parametrize(
    ("objects", "records", "expected"),
    [
        ([], [], []),
        ([found("a")], [], [("a", "missing")]),
        ([], [recorded("a")], [("a", "gone")]),
        ([found("a")], [recorded("a")], []),
        ([found("a", "e2")], [recorded("a")], [("a", "changed")]),
        ([found("a")], [recorded("a", stages=THEN)], [("a", "outdated")]),
        ([found("a")], [recorded("a", state=State.FAILED)], []),
        ([found("a")], [recorded("a", "", State.REMOVED)], [("a", "changed")]),
        ([], [recorded("a", "", State.REMOVED)], []),
        ([found("a"), found("c")], [recorded("b")], [("a", "missing"), ("b", "gone"), ("c", "missing")]),
    ],
)
def test_every_kind_of_difference_is_named(
    objects: list[ObjectInfo], records: list[RecordKey], expected: list[tuple[str, str]]
) -> None:
    assert list(differences(objects, records, NOW)) == expected


A_ZIP = found("a.zip")


@pytest.mark.parametrize(
    ("objects", "records", "expected"),
    [
        ([A_ZIP], [recorded("a.zip", children=("b",)), recorded("a.zip!/b", parent="a.zip")], []),
        ([A_ZIP], [recorded("a.zip", children=("b", "c")), recorded("a.zip!/b", parent="a.zip")], ["children a.zip"]),
        ([A_ZIP], [recorded("a.zip", children=("c",)), recorded("a.zip!/b", parent="a.zip")], ["children a.zip"]),
        ([A_ZIP], [recorded("a.zip", children=("b",)), recorded("a.zip!/b", "e2", parent="a.zip")], ["children a.zip"]),
        (
            [A_ZIP],
            [recorded("a.zip", children=("b",)), recorded("a.zip!/b", "", State.REMOVED, parent="a.zip")],
            ["children a.zip"],
        ),
        ([A_ZIP], [recorded("a.zip"), recorded("a.zip!/b", parent="a.zip")], ["gone a.zip!/b"]),
        ([], [recorded("a.zip!/b", parent="a.zip")], ["gone a.zip!/b"]),
        (
            [],
            [recorded("a.zip", "", State.REMOVED), recorded("a.zip!/b", "", State.REMOVED, parent="a.zip")],
            [],
        ),
        (
            [A_ZIP],
            [recorded("a.zip", children=("b",)), recorded("a.zip!/b", stages=THEN, parent="a.zip")],
            ["outdated a.zip!/b"],
        ),
        (
            [A_ZIP, found("a.zip 2"), found("a.zip0")],
            [
                recorded("a.zip", children=("b",)),
                recorded("a.zip 2", children=("x",)),
                recorded("a.zip 2!/x", parent="a.zip 2"),
                recorded("a.zip!/b", parent="a.zip", children=("c", "d")),
                recorded("a.zip!/b!/c", parent="a.zip!/b"),
                recorded("a.zip0"),
            ],
            ["children a.zip!/b"],
        ),
        ([found("重要!/b.txt")], [], ["missing 重要!/b.txt"]),
        ([], [recorded("重要!/b.txt")], ["gone 重要!/b.txt"]),
    ],
)
def test_children_are_compared_with_what_their_container_says(
    objects: list[ObjectInfo], records: list[RecordKey], expected: list[str]
) -> None:
    assert [f"{reason} {key}" for key, reason in differences(objects, records, NOW)] == expected


def test_a_held_document_that_was_released_is_looked_at_again() -> None:
    held = [recorded("a", state=State.HELD), recorded("b", state=State.HELD)]
    found_again = differences([found("a"), found("b")], held, NOW, released=lambda record: record.key == "b")
    assert list(found_again) == [("b", "released")]


def test_the_merge_agrees_with_set_arithmetic_on_random_listings() -> None:
    source = random.Random(20261121)
    for _ in range(50):
        universe = [f"{source.choice('公开ab!~/ 𠮷')}{n}" for n in range(40)]
        there = {key for key in universe if source.random() < 0.6}
        known = {key for key in universe if source.random() < 0.6}
        got = list(
            differences(map(found, sorted(there, key=str.encode)), map(recorded, sorted(known, key=str.encode)), NOW)
        )
        assert {key for key, reason in got if reason == "missing"} == there - known
        assert {key for key, reason in got if reason == "gone"} == {k for k in known - there if "!/" not in k}


def test_a_million_of_each_are_compared_without_holding_them() -> None:
    def objects() -> Iterator[ObjectInfo]:
        return (found(f"{n:08d}") for n in range(1_000_000))

    def records() -> Iterator[RecordKey]:
        return (recorded(f"{n:08d}") for n in range(1_000_000) if n != 777)

    assert list(differences(objects(), records(), NOW)) == [("00000777", "missing")]
