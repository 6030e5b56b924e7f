"""What becomes of plain text."""

from pathlib import Path

import pytest

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from workers.convert.source import Source
from workers.convert.text.txt import read

SEEDS = sorted((Path(__file__).parents[4] / "samples" / "seeds").glob("*.txt"))


def reading(folder: Path, data: bytes) -> Converted:
    path = folder / "made.txt"
    path.write_bytes(data)
    return read(Source(path=path, format="txt", hint="txt", workdir=folder))


def lines(converted: Converted) -> list[str]:
    return [block.text for block in converted.blocks]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_no_character_of_a_seed_is_lost_but_white_space(seed: Path, tmp_path: Path) -> None:
    text = seed.read_text("utf-8").replace("\ufeff", "")
    assert (
        "".join(lines(reading(tmp_path, seed.read_bytes()))).split()
        == "".join(line.strip() for line in text.split("\n")).split()
    )


def test_a_block_is_a_line_without_its_indent(tmp_path: Path) -> None:
    converted = reading(tmp_path, "　　一、总则\r\n\r\n第一段。\r第二段。\u2028第三段。".encode())
    assert lines(converted) == ["一、总则", "第一段。", "第二段。", "第三段。"]
    assert all(block.style is None and block.page is None for block in converted.blocks)


def test_form_feeds_count_pages(tmp_path: Path) -> None:
    converted = reading(tmp_path, "第一页\f第二页\n还是第二页".encode())
    assert [(block.text, block.page) for block in converted.blocks] == [("第一页", 1), ("第二页", 2), ("还是第二页", 2)]
    assert converted.pages == 2


def test_the_encoding_is_reported(tmp_path: Path) -> None:
    assert reading(tmp_path, "政府信息公开条例".encode("gb18030")).encoding == "gb18030"


def test_white_space_alone_is_an_empty_document(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        reading(tmp_path, " \n\u3000\t\n".encode())
    assert caught.value.category is Category.EMPTY


def test_a_text_cut_inside_a_character_is_kept_and_called_lossy(tmp_path: Path) -> None:
    converted = reading(tmp_path, "政府信息公开".encode()[:-1])
    assert lines(converted) == ["政府信息公"]
    assert [problem.lossy for problem in converted.problems] == [True]
