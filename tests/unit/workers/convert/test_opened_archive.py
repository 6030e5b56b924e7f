"""The parts of an archive, read in one piece where they are sound and by ``zipfile`` where they are not."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from workers.convert.opened_archive import inflate, read_part

NAME, TEXT = "word/document.xml", "<w:t>国务院关于印发规划的通知</w:t>".encode() * 300


def archive_of(path: Path, change: Callable[[bytes], bytes] = bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr(NAME, TEXT)
    path.write_bytes(change(packed.getvalue()))
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_sound_part_is_read_in_one_piece(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(archive_of(tmp_path / "a.docx", method=method)) as archive:
        entry = archive.getinfo(NAME)
        assert inflate(archive, entry) == archive.read(entry) == TEXT


def with_wrong_sum(data: bytes) -> bytes:
    # The checksum stands in the directory as well; that one is what zipfile compares (APPNOTE 4.3.12).
    at = data.rfind(b"PK\x01\x02") + 16
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def with_other_local_name(data: bytes) -> bytes:
    return data.replace(NAME.encode(), b"word/documenT.xml", 1)


def with_broken_content(data: bytes) -> bytes:
    at = data.find(NAME.encode()) + len(NAME)
    return data[:at] + b"\xff" * 8 + data[at + 8 :]


@pytest.mark.parametrize("change", [with_wrong_sum, with_other_local_name, with_broken_content])
def test_what_is_wrong_with_a_part_is_left_to_zipfile(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(archive_of(tmp_path / "a.docx", change)) as archive:
        entry = archive.getinfo(NAME)
        assert inflate(archive, entry) is None
        with pytest.raises((zipfile.BadZipFile, zlib.error), match=r"CRC|differ|invalid"):
            read_part(archive, entry)


def test_a_part_that_unpacks_to_more_than_it_states_is_cut_off_and_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(archive_of(tmp_path / "a.docx")) as archive:
        entry = archive.getinfo(NAME)
        entry.file_size = 100
        assert inflate(archive, entry) is None
