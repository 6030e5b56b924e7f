"""A reader whose code is somebody else's reaches its document and its folder, and nothing and nobody beside."""

import ctypes
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.sandbox_faults import LIMITS
from workers.confinement.confine import isolate
from workers.confinement.landlock import confines_signals, find_version
from workers.confinement.own_user import become_own_user, lend
from workers.sandbox.client import Sandbox

FILES = pytest.mark.skipif(not find_version(), reason="this kernel has no Landlock; the start of a worker says so")
SIGNALS = pytest.mark.skipif(
    not confines_signals(find_version()), reason="this kernel's Landlock keeps no signals in; the start says so"
)
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has a user and rights to give up")
TAKEN_OVER = "tests.support.readers.takeover_reader:convert"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    (tmp_path / "sandbox").mkdir()
    limits = replace(LIMITS, processes=12, wall_seconds=20.0)
    made = Sandbox(limits, reader=TAKEN_OVER, folder=tmp_path / "sandbox")
    yield made
    made.close()


@pytest.fixture
def attempt(sandbox: Sandbox, tmp_path: Path) -> Callable[[str], str]:
    def run(what: str) -> str:
        with sandbox.scratch() as folder:
            document = folder / "object"
            document.write_text(what)
            return sandbox.convert(document, hint="txt").converted.blocks[0].text

    return run


@FILES
def test_no_other_file_is_read(attempt: Callable[[str], str], tmp_path: Path) -> None:
    marker = tmp_path / "another document"
    marker.write_text("secret")
    assert attempt(f"reads {marker}") == "EACCES"
    assert attempt(f"lists {tmp_path}") == "EACCES"
    assert attempt("reads /etc/shadow") == "EACCES"
    assert attempt("lists /proc") == "EACCES"


@FILES
def test_nothing_is_written_or_removed_outside(attempt: Callable[[str], str], tmp_path: Path) -> None:
    marker = tmp_path / "another document"
    marker.write_text("secret")
    assert attempt(f"writes {tmp_path}/new") == "EACCES"
    assert attempt(f"writes {marker}") == "EACCES"
    assert attempt(f"removes {marker}") == "EACCES"
    assert attempt("writes /dev/shm/gongkai-test") == "EACCES"
    assert attempt("writes inside its folder") == "written"
    assert marker.read_text() == "secret"


@FILES
def test_the_environment_and_memory_of_the_worker_are_closed(
    attempt: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_S3_SECRET_KEY", "secret")
    for name in ("environ", "mem", "maps", "cmdline"):
        assert attempt(f"reads /proc/{os.getpid()}/{name}") == "EACCES"


def test_workers_and_fork_servers_cannot_be_looked_into(attempt: Callable[[str], str]) -> None:
    attempt("rights")
    libc = ctypes.CDLL(None)
    assert libc.prctl(3, 0, 0, 0, 0) == 0  # PR_GET_DUMPABLE
    pid = os.fork()
    if pid == 0:
        libc.prctl(4, 1, 0, 0, 0)
        isolate()
        os._exit(libc.prctl(3, 0, 0, 0, 0))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_no_local_socket_is_reached(attempt: Callable[[str], str]) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stream:
        stream.bind(f"{folder}/stream")
        stream.listen()
        assert attempt(f"plugs {folder}/stream") == "EACCES"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as single:
            single.bind(f"{folder}/single")
            assert attempt(f"posts {folder}/single") == "EACCES"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as abstract:
        abstract.bind("\0gongkai-test")
        abstract.listen()
        assert attempt("plugs @gongkai-test") == "EACCES"


@SIGNALS
def test_no_process_outside_is_signalled(attempt: Callable[[str], str]) -> None:
    assert attempt(f"signals {os.getpid()}") == "EPERM"


def test_limits_of_other_processes_are_not_touched(attempt: Callable[[str], str]) -> None:
    assert attempt(f"limits_others {os.getpid()}") == "EACCES"


def test_calls_on_processes_keys_mounts_and_the_kernel_are_refused(attempt: Callable[[str], str]) -> None:
    assert attempt("calls") == ""
    assert attempt("namespaces") == "EACCES"


@ROOT
def test_nothing_is_left_of_roots_rights(attempt: Callable[[str], str]) -> None:
    assert attempt("rights").split()[1:] == ["0", "0"]


@ROOT
def test_the_reader_of_a_worker_that_is_root_has_a_user_of_its_own() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # pytest's own folders are closed to others
        worker = Path(name)
        worker.chmod(0o711)
        document, workdir, other = worker / "object", worker / "1", worker / "other"
        document.write_text("document")
        other.write_text("secret")
        other.chmod(0o600)
        workdir.mkdir()
        pid = os.fork()
        if pid == 0:
            os._exit(_live_as_another(document, workdir, other))
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        assert (workdir / "written").stat().st_uid == 61184 + pid % 4336


def _live_as_another(document: Path, workdir: Path, other: Path) -> int:
    """Return how many things were not as they should be."""
    faults = not lend(str(document), str(workdir), within=str(workdir.parent))
    become_own_user()
    faults += document.read_text() != "document"
    (workdir / "written").touch()
    for forbidden in (lambda: document.write_text("changed"), other.read_text, lambda: os.setuid(0)):
        try:
            forbidden()
            faults += 1
        except PermissionError:
            continue
    return faults


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("shares_memory_out 150_000_000", "memory_bytes of 400,000,000 "),
        ("multiplies 20", "processes of 12 "),
        ("hides_what_it_writes 20_000_000", "written_bytes of 30,000,000 "),
    ],
)
def test_limits_hold_for_all_that_a_document_starts(attempt: Callable[[str], str], what: str, limit: str) -> None:
    with pytest.raises(DocumentError) as caught:
        attempt(what)
    assert caught.value.category == Category.BOMB
    assert limit in str(caught.value)
