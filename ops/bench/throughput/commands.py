"""``gongkai bench commands``: what a person waits for at the terminal, of two builds in turns.

A start counts in full: the interpreter, imports, the process that reads. The files are made here and are the same for
both builds.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from ops.bench.throughput.against import HERE, Comparison, Turn, check_out, time_command
from ops.bench.throughput.stack import isolate, test_servers

TURNS = 3
TEXT_BYTES = 10_000
_PARAGRAPH = (
    "为进一步做好政府信息公开工作，现就有关事项通知如下。各单位要明确分工，落实责任，于2025年{0}月{0}日前完成，"
    "并将情况报送市政府办公室。\n"
)

Command = Callable[[int], tuple[str, ...]]


def compare_commands(
    revision: str, *, count: int, services: bool, environment: dict[str, str], tell: Callable[[], Any]
) -> dict[str, Comparison]:
    """Run each command in turns of this build and another one; return their turns by what was run.

    Args:
        revision: What git knows the other build by.
        count: Files in the archive, and files uploaded.
        services: Whether to measure uploads to an object store, too.
        environment: Settings that name the servers; where empty, test servers are started for the run.
        tell: Called after each turn.

    Raises:
        SettingsError: git knows no such revision, or this is no checkout.
        DependencyError: A server cannot run here, or a command ended with an error.
    """
    with check_out(revision) as old, tempfile.TemporaryDirectory(prefix="gongkai-commands-") as folder:
        places, here = (HERE, old), Path(folder)
        text, archive, files = write_text(here), write_archive(here, count), write_files(here, count)
        found = {
            f"extract a text of {TEXT_BYTES // 1000} KB": _compare(
                places, {}, lambda _: ("extract", str(text)), 1, tell
            ),
            f"extract a zip of {count} files": _compare(places, {}, lambda _: ("extract", str(archive)), count, tell),
        }
        if services:
            with _buckets(environment) as variables:
                found[f"upload {count} files"] = _compare(places, variables, _upload_of(files), count, tell)
                again = _compare(places, variables, lambda _: ("upload", "--prefix", "again", str(files)), count, tell)
                found[f"upload {count} files again"] = again
        return found


def _compare(
    places: tuple[Path, Path], variables: dict[str, str], command: Command, documents: int, tell: Callable[[], Any]
) -> Comparison:
    turns: dict[Path, list[Turn]] = {place: [] for place in places}
    for number in range(TURNS + 1):
        for at, place in enumerate(places if number % 2 else places[::-1]):
            seconds, cpu = time_command(place, command(2 * number + at), variables)
            turns[place].append(Turn(seconds, {"command": cpu}))
            tell()
    # The first turn warms the disk's cache up.
    return Comparison(documents, tuple(turns[places[0]][1:]), tuple(turns[places[1]][1:]))


def _upload_of(files: Path) -> Command:
    run = uuid4().hex[:8]
    return lambda number: ("upload", "--prefix", f"{run}-{number}", str(files))


@contextmanager
def _buckets(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    with test_servers({}) as started:
        variables = isolate(environment or started, f"commands-{uuid4().hex[:8]}")
        # No worker answers yet, so `doctor` exits with 1.
        time_command(HERE, ("doctor", "--bootstrap"), variables)
        yield variables


def write_text(folder: Path) -> Path:
    """Write a notice of ``TEXT_BYTES`` and return its path."""
    text, number = "某市人民政府办公室关于做好政府信息公开工作的通知\n某政办发〔2025〕12号\n\n", 0
    while len(text.encode()) < TEXT_BYTES:
        text += f"{'一二三四五六七八九十'[number % 10]}、加强组织领导\n" + _PARAGRAPH.format(number % 12 + 1)
        number += 1
    path = folder / "notice.txt"
    path.write_text(text, "utf-8")
    return path


def write_archive(folder: Path, count: int) -> Path:
    """Write a zip of ``count`` small texts and return its path."""
    path = folder / "texts.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _texts(count):
            archive.writestr(name, text)
    return path


def write_files(folder: Path, count: int) -> Path:
    """Write ``count`` small texts below a folder and return it."""
    place = folder / "texts"
    for name, text in _texts(count):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    return place


def _texts(count: int) -> Iterator[tuple[str, str]]:
    for number in range(count):
        yield f"{number % 10}/{number:06}.txt", f"关于第{number}号事项的通知\n\n一、事项\n" + _PARAGRAPH.format(3) * 5
