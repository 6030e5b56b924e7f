"""The scripts of the lease store: each is put together, packaged, and names what it is given."""

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from workers.leases.redis.connection import NAMES
from workers.leases.redis.scripts import PARTS, read_script

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / "workers" / "leases" / "redis" / "lua"
FILES = sorted(FOLDER.glob("*.lua"))


def test_each_file_is_a_part_of_a_script() -> None:
    assert {path.stem for path in FILES} == {part for parts in PARTS.values() for part in parts}
    assert all(read_script(name).endswith((FOLDER / f"{name}.lua").read_text("utf-8")) for name in PARTS)


def test_keys_are_named_in_one_file_as_many_as_there_are() -> None:
    users = {path.name for path in FILES if "KEYS[" in path.read_text("utf-8")}
    assert users == {"keys.lua"}
    given = re.findall(r"^local \w+ = KEYS\[(\d+)\]", (FOLDER / "keys.lua").read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number in given] == list(range(1, len(NAMES) + 1))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_arguments_have_names_before_they_are_used(path: Path) -> None:
    naming = re.compile(r"^(local .* = |  \w+ = )|ARGV\[n( \+ 1)?\]")
    assert all(naming.search(line) for line in path.read_text("utf-8").splitlines() if "ARGV[" in line)


def test_a_wheel_carries_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    globs = project["tool"]["setuptools"]["package-data"]["workers"]
    inside = [path.relative_to(ROOT / "workers").as_posix() for path in FILES]
    assert all(any(fnmatch(name, pattern.replace("**/", "*/")) for pattern in globs) for name in inside)
