"""The sandbox in its good days: many documents at once, children of containers, readers imported once."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.blocks import Converted
from schemas.codec import decode
from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.sandbox_faults import LIMITS, Faults
from workers.sandbox.client import Sandbox
from workers.sandbox.fork_server_client import SandboxError


@pytest.fixture
def faults(tmp_path: Path) -> Iterator[Faults]:
    made = Faults(tmp_path)
    yield made
    made.sandbox.close()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox(Limits(), folder=tmp_path)
    yield made
    made.close()


def test_a_document_comes_back_as_blocks_and_as_json(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "公告.txt"
    path.write_text("关于印发的通知\n一、总则\n")
    conversion = sandbox.convert(path, hint="txt")
    assert [block.text for block in conversion.converted.blocks] == ["关于印发的通知", "一、总则"]
    assert decode(Converted, conversion.data) == conversion.converted
    assert conversion.folder is None
    assert conversion.seconds > 0
    assert conversion.peak_bytes > 0


def test_the_readers_own_verdict_comes_back(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(DocumentError) as caught:
        sandbox.convert(tmp_path / "empty.txt", hint="txt")
    assert caught.value.category == Category.EMPTY


def test_threads_share_one_server_and_each_gets_its_own_answer(faults: Faults) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: faults.convert(f"fine {number}"), range(40)))
    assert [answer.converted.blocks[0].text for answer in answers] == [str(number) for number in range(40)]


def test_a_large_answer_comes_back_whole(faults: Faults) -> None:
    conversion = faults.convert("fine " + "长" * 30_000)
    assert conversion.converted.blocks[0].text == "长" * 30_000


def test_an_answer_larger_than_any_socket_buffer_comes_back_whole(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("政府信息公开\n" * 200_000)
    assert len(sandbox.convert(path, hint="txt").converted.blocks) == 200_000


def test_files_of_children_are_kept_until_the_conversion_is_closed(faults: Faults) -> None:
    with faults.convert("has_children") as conversion:
        good, *bad = conversion.converted.children
        assert conversion.file_of(good).read_bytes() == b"inside"
        for child in bad:
            with pytest.raises(DocumentError, match="did not come out"):
                conversion.file_of(child)
    assert faults.documents_left() == []


def test_the_children_of_a_conversion_outlive_the_server_that_made_them(faults: Faults) -> None:
    with faults.convert("has_children") as conversion:
        faults.sandbox._discard(faults.sandbox._running()[0])
        faults.check_fine()
        assert conversion.file_of(conversion.converted.children[0]).read_bytes() == b"inside"


def test_a_process_forked_from_the_worker_gets_a_server_of_its_own(faults: Faults) -> None:
    faults.check_fine()
    pid = os.fork()
    if pid == 0:
        try:
            faults.check_fine()
            faults.sandbox.close()
        finally:
            os._exit(len(list(faults.folder.iterdir())) == 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    faults.check_fine()


def test_closing_twice_is_fine_and_a_closed_sandbox_starts_again(faults: Faults) -> None:
    faults.check_fine()
    faults.sandbox.close()
    faults.sandbox.close()
    assert list(faults.folder.iterdir()) == []
    faults.check_fine()


def test_scratch_is_lent_and_taken_back(faults: Faults) -> None:
    with faults.sandbox.scratch() as folder:
        (folder / "object").write_bytes(b"1")
        assert faults.documents_left() == [folder]
    assert faults.documents_left() == []


def test_a_server_that_cannot_start_is_no_fault_of_the_document(tmp_path: Path) -> None:
    sandbox = Sandbox(LIMITS, reader="no.such:reader", folder=tmp_path)
    path = tmp_path / "a.txt"
    path.write_text("a")
    with pytest.raises(SandboxError, match="did not start"):
        sandbox.convert(path, hint="txt")
    sandbox.close()


def test_many_passwords_and_names_in_foreign_encodings_reach_the_child(tmp_path: Path) -> None:
    sandbox = Sandbox(Limits(), passwords=tuple(f"密码{number}" for number in range(5_000)), folder=tmp_path)
    path = tmp_path / os.fsdecode("公告.txt".encode("gb18030"))
    path.write_text("一、总则")
    assert sandbox.convert(path, hint="txt").converted.blocks[0].text == "一、总则"
    sandbox.close()


def test_a_file_that_went_away_is_an_error_of_the_file_system(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sandbox.convert(tmp_path / "none", hint="")


def test_a_reader_is_imported_once_for_all_documents(tmp_path: Path) -> None:
    sandbox = Sandbox(
        LIMITS, reader="tests.support.readers.importing_reader:convert", folder=tmp_path, preload=("txt",)
    )
    path = tmp_path / "a.txt"
    path.write_text("a")
    assert sandbox.convert(path, hint="txt").converted.blocks[0].text == "txt"
    assert "html" in sandbox.convert(path, hint="html").converted.blocks[0].text
    sandbox.convert(path, hint="txt")
    assert sandbox.convert(path, hint="txt").converted.blocks[0].text == "html txt"
    sandbox.close()
