"""Files locked with a password: read where a configured one opens them, recorded as encrypted where none does."""

from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.compound_file import make_compound
from tests.support.word_reader import SAMPLES, body
from workers.convert.registry import convert

SAMPLE = {
    "docx": SAMPLES / "features.docx",
    "xlsx": SAMPLES.parent / "sheets" / "table.xlsx",
    "pptx": SAMPLES.parent / "slides" / "slides.pptx",
}


def locked(folder: Path, suffix: str, password: str) -> Path:
    path = folder / f"locked.{suffix}"
    with SAMPLE[suffix].open("rb") as plain, path.open("wb") as target:
        OOXMLFile(plain).encrypt(password, target)
    return path


@pytest.mark.parametrize("suffix", SAMPLE)
def test_a_locked_document_is_read_with_the_password_that_opens_it(tmp_path: Path, suffix: str) -> None:
    path = locked(tmp_path, suffix, "公开2024")
    workdir = tmp_path / "work"
    workdir.mkdir()
    found = convert(path, hint=suffix, workdir=workdir, passwords=("falsch", "公开2024"))
    assert found.format == suffix
    assert found.named_format is None
    assert body(found) == body(convert(SAMPLE[suffix], hint=suffix, workdir=workdir))
    assert not [child for child in workdir.rglob("*") if child.is_file()]


@pytest.mark.parametrize("passwords", [(), ("falsch",)])
def test_a_locked_document_no_password_opens_is_encrypted(tmp_path: Path, passwords: tuple[str, ...]) -> None:
    with pytest.raises(DocumentError, match="set GONGKAI_PASSWORDS") as caught:
        convert(locked(tmp_path, "docx", "公开2024"), hint="docx", workdir=tmp_path, passwords=passwords)
    assert caught.value.category is Category.ENCRYPTED


def test_a_workbook_excel_opens_without_asking_is_read_without_a_password(tmp_path: Path) -> None:
    found = convert(locked(tmp_path, "xlsx", "VelvetSweatshop"), hint="xlsx", workdir=tmp_path)
    assert "收支表" in body(found)


def test_damaged_encryption_is_a_document_error(tmp_path: Path) -> None:
    path = make_compound(
        tmp_path / "a.docx", EncryptionInfo=b"\x04\x00\x04\x00" + b"<x" * 50, EncryptedPackage=b"\x01" * 100
    )
    with pytest.raises(DocumentError) as caught:
        convert(path, hint="docx", workdir=tmp_path, passwords=("falsch",))
    assert caught.value.category in {Category.CORRUPT, Category.ENCRYPTED}


@pytest.mark.parametrize(
    ("suffix", "streams"),
    [
        ("doc", {"WordDocument": b"", "\x09DRMContent": b""}),
        ("xls", {"Workbook": b"\x09\x08\x10\0\0\x06", "\x09DRMContent": b""}),
        ("ppt", {"PowerPoint_Document": b"", "\x09DRMContent": b""}),
        ("xlsx", {"EncryptedPackage": b""}),
    ],
)
def test_a_document_under_rights_management_is_recorded_as_encrypted(
    tmp_path: Path, suffix: str, streams: dict[str, bytes]
) -> None:
    # [MS-OFFCRYPTO] 2.2.10, 2.2.11 and 2.3.1
    path = make_compound(tmp_path / f"a.{suffix}", **streams)
    with pytest.raises(DocumentError, match="rights management") as raised:
        convert(path, hint=suffix, workdir=tmp_path)
    assert raised.value.category is Category.ENCRYPTED
