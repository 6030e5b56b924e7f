"""Two builds worked through the same documents, each from its own checkout."""

import subprocess
import sys
from pathlib import Path

import pytest

from ops.bench.throughput.against import HERE, check_out, compare_embedded
from schemas.errors import SettingsError

TEXT = "关于公开的通知\n\n一、公开\n第{}号。\n"


def test_both_builds_work_through_every_turn_and_the_checkout_goes_again() -> None:
    turns = [[(f"{n}.txt", TEXT.format(n).encode())] for n in range(2)]
    ended: list[bool] = []
    found = compare_embedded("HEAD", turns, tell=lambda: ended.append(True))
    assert len(ended) == 4
    assert (len(found.new), len(found.old), found.documents) == (2, 2, 1)
    assert all(turn.cpu["all in one"] > 0 for turn in (*found.new, *found.old))
    known = subprocess.run(["git", "worktree", "list"], capture_output=True, text=True, check=True).stdout
    assert "gongkai-against-" not in known


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
