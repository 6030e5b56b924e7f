"""Binary Word documents: the same text as their docx twins, and no harm from damaged ones."""

import json
import random
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.word_reader import SAMPLES, body, of_role, read, squeezed, tables


def damaged(tmp_path: Path, change: dict[int, int], *, length: int | None = None) -> Path:
    data = bytearray((SAMPLES / "features.doc").read_bytes()[:length])
    for offset, value in change.items():
        data[offset] = value
    path = tmp_path / "damaged.doc"
    path.write_bytes(data)
    return path


def result(path: Path) -> str:
    """Return the category of the failure, or how many characters were read."""
    try:
        return str(sum(len(block.text) for block in read(path).blocks))
    except DocumentError as error:
        return error.category


def test_generated_numbers_stand_in_the_text_in_order() -> None:
    truth = [text for _, text in json.loads((SAMPLES / "features.json").read_text("utf-8"))]
    texts = [squeezed(text) for text in body(read(SAMPLES / "features.doc"))]
    assert texts[: len(truth)] == [squeezed(text) for text in truth]


def test_lists_are_numbered_as_libreoffice_renders_them() -> None:
    rendered = (SAMPLES / "lists.doc.txt").read_text("utf-8").splitlines()
    assert [squeezed(text) for text in body(read(SAMPLES / "lists.doc"))] == [squeezed(line) for line in rendered]


def test_a_doc_has_the_outline_of_its_docx_twin() -> None:
    def outline(name: str) -> list[tuple[int | None, str | None, str]]:
        blocks = [block for block in read(SAMPLES / name).blocks if block.style and block.style.heading_level]
        return [(block.style.heading_level if block.style else None, block.number, block.text) for block in blocks]

    assert outline("features.doc") == outline("features.docx")
    assert outline("features.doc")[0] == (1, "一、", "一、总体要求第001组")


def test_every_feature_of_the_sample_is_in_its_place() -> None:
    found = read(SAMPLES / "features.doc")
    assert of_role(found, "header") == ["【页眉内容戊】"]
    assert of_role(found, "footer") == ["【页脚内容己】"]
    assert of_role(found, "textbox") == ["【文本框内容甲】"]
    assert of_role(found, "footnote") == ["【脚注内容乙】"]
    assert set(of_role(found, "hidden")) == {"【隐藏文字】", "【删除修订丁】", "【移动来源】"}
    texts = body(found)
    assert "修订前【插入修订丙】修订后" in texts
    assert not any("删除" in text for text in texts)
    assert [block.rows for block in tables(found)] == [block.rows for block in tables(read(SAMPLES / "features.docx"))]
    order = [block.text for block in found.blocks]
    assert order.index("【脚注内容乙】") == next(i for i, text in enumerate(order) if text.endswith("脚注前")) + 1


def test_styles_say_what_the_docx_twin_says() -> None:
    def looks(name: str) -> list[tuple[object, ...]]:
        styles = [block.style for block in read(SAMPLES / name).blocks if block.role == "body" and block.style][:6]
        return [(style.name, style.bold, style.size) for style in styles]

    assert looks("features.doc") == looks("features.docx")


def test_document_properties_are_clues() -> None:
    clues = {clue.label: clue.value for clue in read(SAMPLES / "features.doc").clues}
    assert clues["author"] == "python-docx"


def test_an_encrypted_document_is_recorded_as_such(tmp_path: Path) -> None:
    head = (SAMPLES / "features.doc").read_bytes().index(b"\xec\xa5")
    flags = (SAMPLES / "features.doc").read_bytes()[head + 11]
    with pytest.raises(DocumentError, match="password") as caught:
        read(damaged(tmp_path, {head + 11: flags | 1}))
    assert caught.value.category is Category.ENCRYPTED


def test_what_is_no_compound_file_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "no.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0 and then nothing of the kind")
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert caught.value.category is Category.CORRUPT


@pytest.mark.parametrize("seed", range(300))
def test_a_mutated_file_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    size = (SAMPLES / "features.doc").stat().st_size
    change = {
        chance.randrange(512, size): chance.choice((0, 1, 0x7F, 0x80, 0xFF)) for _ in range(chance.choice((1, 20, 400)))
    }
    path = damaged(tmp_path, change)
    if seed % 5 == 0:
        path = damaged(tmp_path, {}, length=chance.randrange(600, size))
    outcome = result(path)
    assert outcome in {Category.CORRUPT, Category.ENCRYPTED, Category.UNSUPPORTED} or 0 <= int(outcome) < 4 * size
