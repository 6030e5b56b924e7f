"""Two builds worked through the same documents, each from its own checkout."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from ops.bench.throughput import commands
from ops.bench.throughput.against import HERE, check_out, compare_embedded
from schemas.errors import SettingsError

TEXT = "关于公开的通知\n\n一、公开\n第{}号。\n"


def test_both_builds_work_through_every_turn_and_the_checkout_goes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Checkouts of other runs lie elsewhere.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    turns = [[(f"{n}.txt", TEXT.format(n).encode())] for n in range(2)]
    ended: list[bool] = []
    found = compare_embedded("HEAD", turns, tell=lambda: ended.append(True))
    assert len(ended) == 4
    assert (len(found.new), len(found.old), found.documents) == (2, 2, 1)
    assert all(turn.cpu["all in one"] > 0 for turn in (*found.new, *found.old))
    known = subprocess.run(["git", "worktree", "list"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path) not in known


def test_a_revision_git_does_not_know_is_named() -> None:
    with pytest.raises(SettingsError, match="no-such-revision"):
        compare_embedded("no-such-revision", [[]], tell=lambda: None)


def test_python_takes_the_modules_of_the_checkout_it_is_started_in() -> None:
    with check_out("HEAD") as place:
        assert place != HERE
        where = "import schemas; print(schemas.__file__)"
        told = subprocess.run(
            [sys.executable, "-c", where], cwd=place, capture_output=True, text=True, check=True
        ).stdout
        assert Path(told.strip()).is_relative_to(place)


def test_commands_of_both_builds_are_run_on_the_same_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "TURNS", 1)
    ended: list[bool] = []
    found = commands.compare_commands("HEAD", count=3, services=False, environment={}, tell=lambda: ended.append(True))
    assert list(found) == ["extract a text of 10 KB", "extract a zip of 3 files"]
    assert len(ended) == 8
    assert all(turn.cpu["command"] > 0 for compared in found.values() for turn in (*compared.new, *compared.old))


def test_files_of_the_commands_are_as_long_and_as_many_as_said(tmp_path: Path) -> None:
    assert 10_000 <= commands.write_text(tmp_path).stat().st_size < 10_500
    with zipfile.ZipFile(commands.write_archive(tmp_path, 25)) as archive:
        names = archive.namelist()
    made = commands.write_files(tmp_path, 25)
    assert names == [f"{number % 10}/{number:06}.txt" for number in range(25)]
    assert sorted(names) == sorted(path.relative_to(made).as_posix() for path in made.rglob("*.txt"))
