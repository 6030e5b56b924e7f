"""Programs run by readers: whole or not at all, and with errors that name them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.sandbox_faults import LIMITS, gone, wait_until
from workers.confinement.external_program import find_program
from workers.sandbox.client import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox(LIMITS, reader="tests.support.readers.program_reader:convert", folder=tmp_path)
    yield made
    made.close()


def run(sandbox: Sandbox, tmp_path: Path, program: str) -> list[str]:
    path = tmp_path / "document"
    path.write_text(program)
    return [block.text for block in sandbox.convert(path, hint="").converted.blocks]


def test_a_program_works_and_lives_in_the_folder_of_its_document(sandbox: Sandbox, tmp_path: Path) -> None:
    said, workdir = run(sandbox, tmp_path, "good")
    assert said.split() == [workdir, workdir, "1"]


@pytest.mark.parametrize(
    ("program", "category", "words"),
    [
        ("missing", Category.UNSUPPORTED, "reading this needs the program no-such-program, which is not installed"),
        ("bad", Category.CRASH, "ended with status 1: no such font"),
        ("killed", Category.CRASH, "was killed by SIGABRT"),
        ("floods", Category.BOMB, "was killed by SIGXFSZ"),
    ],
)
def test_an_error_names_the_program(
    sandbox: Sandbox, tmp_path: Path, program: str, category: Category, words: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        run(sandbox, tmp_path, program)
    assert caught.value.category == category
    assert words in str(caught.value)


def test_a_program_that_hangs_is_killed_with_its_children(sandbox: Sandbox, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(run, sandbox, tmp_path, "hangs")
        wait_until(lambda: any(file.read_text() for file in tmp_path.glob("*/*/pid")))
        (pid,) = (int(file.read_text()) for file in tmp_path.glob("*/*/pid"))
        with pytest.raises(DocumentError, match="did not end within 2 s") as caught:
            ended.result()
    assert caught.value.category == Category.TIMEOUT
    assert gone(pid)


def test_the_first_installed_program_is_found() -> None:
    assert Path(find_program("no-such-program", "sh") or "").name == "sh"
    assert find_program("no-such-program") is None
