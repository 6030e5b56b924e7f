"""Confinement costs no document anything: each format reads the same in the child of a sandbox as outside."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import ops
from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.limits import Limits
from workers.convert.registry import convert
from workers.convert.warmup import FOLDER
from workers.sandbox.client import Sandbox

TESTS = Path(__file__).parents[2]
PLACES = (FOLDER, TESTS / "samples", Path(ops.__file__).parent / "samples")
OTHER = {".json", ".tsv", ".md", ".gz"}
FILES = sorted(path for place in PLACES for path in place.rglob("*") if path.is_file() and path.suffix not in OTHER)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(Limits())
    yield made
    made.close()


def told(converted: Converted) -> tuple[object, ...]:
    return converted.format, converted.blocks, [child.path for child in converted.children], converted.problems


def hint(path: Path) -> str:
    return path.suffix.removeprefix(".")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_reads_the_same_confined(sandbox: Sandbox, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            expected = told(convert(path, hint=hint(path), workdir=Path(folder), limits=Limits()))
        except DocumentError as error:
            expected = (error.category, str(error))
    try:
        with sandbox.convert(path, hint=hint(path)) as conversion:
            found = told(conversion.converted)
    except DocumentError as error:
        found = (error.category, str(error))
    assert found == expected


def test_every_kind_of_reader_is_among_the_samples() -> None:
    formats = {hint(path) for path in FILES}
    assert {"txt", "html", "docx", "doc", "pdf", "ofd", "rtf", "odt", "xlsx", "xls", "pptx", "rar", "png"} <= formats
