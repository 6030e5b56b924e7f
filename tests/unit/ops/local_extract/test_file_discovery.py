"""Which files a command works on."""

import os
from pathlib import Path

import pytest

from ops.local_extract.file_discovery import documents, find


def test_folders_are_read_recursively_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/3.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = list(find([f"{tmp_path}/in/"]))
    assert [item.name.removeprefix(str(tmp_path)) for item in found] == [
        "/in/a.txt", "/in/b/1.txt", "/in/b/2.txt", "/in/c/d/3.txt",
    ]  # fmt: skip
    assert [item.below for item in found] == ["in/a.txt", "in/b/1.txt", "in/b/2.txt", "in/c/d/3.txt"]
    assert all(item.fault is None for item in found)


def test_a_path_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert [item.name for item in find(["./a.txt", ".", "a.txt"])] == ["./a.txt", "./a.txt", "a.txt"]


def test_what_cannot_be_read_is_told_and_not_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "to_file").symlink_to(tmp_path / "real.txt")
    found = {item.path.name: item.fault for item in find([str(tmp_path), f"{tmp_path}/missing"])}
    assert found == {
        "fifo": "neither a file nor a folder",
        "loop": "a link to a folder is not followed; give the folder itself",
        "nowhere": "a link that leads nowhere",
        "real.txt": None,
        "to_file": None,
        "missing": "no such file",
    }


def test_names_the_system_cannot_follow_are_told(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    long, circle = find([f"{tmp_path}/{'x' * 300}", str(tmp_path)])
    assert long.fault == "cannot be read: File name too long"
    assert circle.fault == "cannot be read: Too many levels of symbolic links"


def test_litter_in_a_folder_is_left_out_and_told_and_a_file_asked_for_is_read(tmp_path: Path) -> None:
    for name in ("a.txt", "Thumbs.db", "~$a.docx", "b/.DS_Store", "b/链接.url"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    said: list[str] = []
    assert [item.below for item in documents([f"{tmp_path}/"], said.append)] == [f"{tmp_path.name}/a.txt"]
    assert said[0].startswith("4 files that a system or an open program left behind are no documents, left out: ")
    assert "Thumbs.db" in said[0]
    assert [item.name for item in documents([f"{tmp_path}/Thumbs.db"], said.append)] == [f"{tmp_path}/Thumbs.db"]
