"""Our reader of binary Word documents against another one, which turns them into docx: same text, same numbers."""

from pathlib import Path

import doc2docx
import pytest

from schemas.blocks import Block
from tests.support.word_reader import SAMPLES
from workers.convert.registry import convert


def both(path: Path, folder: Path) -> tuple[list[Block], list[Block]]:
    """Return the body as we read it, and as it is read from what msdoc2docx makes of the document."""
    other = folder / "other.docx"
    doc2docx.convert(path, other)
    return tuple(  # type: ignore[return-value]
        [block for block in convert(read, hint=read.suffix[1:], workdir=folder).blocks if block.role == "body"]
        for read in (path, other)
    )


@pytest.mark.parametrize("name", ["lists.doc", "numbering.doc"])
def test_the_body_is_the_same_paragraph_by_paragraph(name: str, tmp_path: Path) -> None:
    ours, theirs = both(SAMPLES / name, tmp_path)
    assert [(block.number, block.text) for block in ours] == [(block.number, block.text) for block in theirs]


def test_the_numbers_of_a_document_with_everything_in_it_are_the_same(tmp_path: Path) -> None:
    ours, theirs = both(SAMPLES / "features.doc", tmp_path)
    assert [block.number for block in ours if block.number] == [block.number for block in theirs if block.number]
    assert len([block for block in ours if block.number]) > 20
