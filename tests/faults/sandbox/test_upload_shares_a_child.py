"""Documents of one upload share a child: what one of them does costs no other anything, and limits hold for each."""

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.sandbox_faults import LIMITS, Faults, gone, wait_until
from workers.confinement.landlock import find_version
from workers.sandbox.client import Sandbox
from workers.sandbox.running_child import RunningChild
from workers.sandbox.shared_child import SharedChild

FILES = pytest.mark.skipif(not find_version(), reason="this kernel has no Landlock; the start of a worker says so")
Convert = Callable[[str], str]


@pytest.fixture
def convert(faults: Faults) -> Iterator[Convert]:
    shared = SharedChild(faults.sandbox)
    yield lambda what: _convert(shared, what)
    shared.close()
    assert faults.documents_left() == []


def _convert(shared: SharedChild, what: str) -> str:
    with shared.scratch() as folder:
        document = folder / "object"
        document.write_text(what)
        with shared.convert(document, hint="txt") as conversion:
            return conversion.converted.blocks[0].text


def test_documents_follow_one_another_in_one_process_and_the_next_upload_has_another(
    faults: Faults, convert: Convert
) -> None:
    first = convert("tells_its_process")
    assert [convert("tells_its_process") for _ in range(3)] == [first] * 3
    other = SharedChild(faults.sandbox)
    assert _convert(other, "tells_its_process") != first
    other.close()
    assert faults.convert("tells_its_process").converted.blocks[0].text != first


@pytest.mark.parametrize(
    ("fault", "category"),
    [
        ("segfault", Category.CRASH),
        ("killed", Category.CRASH),
        ("vanishes", Category.CRASH),
        ("exits", Category.CRASH),
        ("loops", Category.TIMEOUT),
        ("allocates", Category.BOMB),
        ("writes_one_file", Category.BOMB),
    ],
)
def test_a_document_that_kills_the_child_costs_no_other_its_outcome(
    convert: Convert, fault: str, category: Category
) -> None:
    assert convert("fine one") == "one"
    with pytest.raises(DocumentError) as caught:
        convert(fault)
    assert caught.value.category is category
    assert convert("fine two") == "two"
    assert convert("fine three") == "three"


def test_a_document_spoilt_by_the_one_before_it_is_read_alone(convert: Convert) -> None:
    assert convert("spoils_the_next") == "spoilt"
    assert convert("fine one") == "one"


def test_cpu_time_is_limited_for_each_document_not_for_all(tmp_path: Path) -> None:
    faults = Faults(tmp_path, replace(LIMITS, wall_seconds=120.0))
    shared = SharedChild(faults.sandbox)
    first = _convert(shared, "tells_its_process")
    assert [_convert(shared, "works 0.8") for _ in range(3)] == ["worked"] * 3
    assert _convert(shared, "tells_its_process") == first
    shared.close()
    faults.sandbox.close()


def test_each_document_has_all_its_time() -> None:
    limits = Limits(wall_seconds=60, scan_seconds=600)
    running = RunningChild(1, -1, socket.socket(), None)
    running.begin("one", 100, limits)
    running.page = 3
    running.begin("two", 150, limits)
    assert (running.workdir, running.deadline, running.latest, running.page) == ("two", 210, 750, 0)


def test_the_child_ends_with_its_upload(faults: Faults) -> None:
    shared = SharedChild(faults.sandbox)
    pid = int(_convert(shared, "tells_its_process"))
    shared.close()
    wait_until(lambda: gone(pid), seconds=60)


def test_a_fork_server_that_dies_between_two_documents_is_replaced(faults: Faults, convert: Convert) -> None:
    assert convert("fine one") == "one"
    for server in faults.children():
        server.kill()
    assert convert("fine two") == "two"


@FILES
def test_nothing_of_another_upload_is_reached_nor_a_document_that_was_read_before(tmp_path: Path) -> None:
    (tmp_path / "sandbox").mkdir()
    limits = replace(LIMITS, processes=12, wall_seconds=20.0)
    sandbox = Sandbox(limits, reader="tests.support.readers.takeover_reader:convert", folder=tmp_path / "sandbox")
    mine, theirs = SharedChild(sandbox), SharedChild(sandbox)
    with theirs.scratch() as folder:
        (folder / "object").write_text("secret")
        with mine.scratch() as before:
            (before / "object").write_text("lists /proc")
            mine.convert(before / "object", hint="txt")
        assert _convert(mine, f"reads {folder / 'object'}") == "EACCES"
        assert _convert(mine, f"lists {folder}") == "EACCES"
        assert _convert(mine, f"reads {before / 'object'}") in {"ENOENT", "EACCES"}
        assert _convert(mine, "reads /etc/shadow") == "EACCES"
    mine.close()
    theirs.close()
    sandbox.close()
    assert os.listdir(tmp_path / "sandbox") == []  # noqa: PTH208
