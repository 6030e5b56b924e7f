"""What is proposed as page furniture: lines that recur at the edges of a source's documents, and nothing they say."""

from pathlib import Path

import pytest

from schemas.cleaned import Normalized, Paragraph, Removal
from workers import furniture
from workers.furniture import Furniture, FurnitureList, Tally, candidates, source_of
from workers.storage.folder import FolderStore


def document(*lines: str) -> Normalized:
    return Normalized("txt", tuple(map(Paragraph, lines)))


def learnt(*documents: Normalized) -> list[tuple[str, int]]:
    tally = Tally("甲/")
    for each in documents:
        tally.count(each)
    return [(line.line, line.documents) for line in tally.learnt()]


def test_a_line_of_enough_documents_is_learnt_once_for_each() -> None:
    pages = [document("智慧导航", f"正文第{n}段，内容各不相同。" + "字" * n, "智慧导航") for n in range(5)]
    assert learnt(*pages) == [("智慧导航", 5)]
    assert learnt(*pages[:4]) == []


def test_a_line_of_a_small_share_of_a_source_is_not_learnt() -> None:
    others = [document(f"各不相同的一段正文{'字' * n}") for n in range(25)]
    assert learnt(*[document("智慧导航")] * 5, *others) == []


@pytest.mark.parametrize(
    "line",
    [
        "一、加强领导",
        "某市教育局",
        "2011年1月13日",
        "各区县人民政府：",
        "2011年政府信息公开工作年度报告",
        "字" * 61,
    ],
)
def test_what_outline_and_record_are_read_from_is_never_proposed(line: str) -> None:
    assert learnt(*[document(line)] * 9) == []


def test_lines_already_taken_still_count() -> None:
    taken = Normalized("txt", (), removals=(Removal("learnt_furniture", "智慧导航", 0),))
    assert list(candidates(taken)) == ["智慧导航"]


def test_only_the_edges_of_a_document_are_looked_at() -> None:
    lines = [f"第{'十' * n}行" for n in range(1, 41)]
    assert set(lines) - set(candidates(document(*lines))) == set(lines[15:25])


def test_memory_stays_bounded_and_the_frequent_line_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(furniture, "_MAX_COUNT", 50)
    tally = Tally("")
    for n in range(200):
        tally.count(document("智慧导航", "行" + "甲" * (n % 50 + 1) + "乙" * (n // 50)))
    assert len(tally.counts) <= 51
    assert next(tally.learnt()).line == "智慧导航"


def test_a_key_belongs_to_its_first_folder() -> None:
    assert [source_of(key) for key in ("甲/乙/丙.txt", "丙.txt")] == ["甲/", ""]


def test_the_same_line_of_two_sources_has_two_identifiers() -> None:
    assert Furniture("甲/", "浏览 3 次").id == Furniture("甲/", "浏览17次").id != Furniture("乙/", "浏览17次").id


def test_confirmed_lines_hold_for_keys_below_their_prefix(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.bootstrap()
    lines = FurnitureList(store)
    lines.save(
        [Furniture("甲/", "一"), Furniture("甲/", "二", state="confirmed"), Furniture("", "三", state="confirmed")]
    )
    assert lines.list_confirmed("甲/丙.txt") == {"二", "三"}
    assert lines.list_confirmed("乙/丙.txt") == {"三"}
