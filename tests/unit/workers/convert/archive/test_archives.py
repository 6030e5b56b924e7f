"""Archives: every file comes out under its own name, and what cannot is told."""

import bz2
import gzip
import io
import lzma
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.outcomes import Category
from tests.support.builders.containers import SAMPLES, contents, messages, read, tarred, zipped, zipped_as
from tests.support.builders.seven_zip import seven_zipped
from workers.confinement.external_program import find_program
from workers.convert.archive import rar
from workers.convert.archive.members import Members
from workers.convert.source import Source

FILES = {"通知.txt": "关于放假的通知".encode(), "附件/名单.txt": b"list", "plain.txt": b""}


PACKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda files: tarred(files, mode="w:gz"),
    "tar.bz2": lambda files: tarred(files, mode="w:bz2"),
    "tar.xz": lambda files: tarred(files, mode="w:xz"),
    "7z": seven_zipped,
}


@pytest.mark.parametrize("kind", PACKERS)
def test_every_file_comes_out_with_its_name_and_content(tmp_path: Path, kind: str) -> None:
    converted = read(tmp_path, PACKERS[kind](FILES), hint=kind.rpartition(".")[2])
    assert converted.container
    assert contents(tmp_path, converted) == FILES
    assert (converted.children_expected, converted.problems, converted.blocks) == (3, (), ())


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_compressed_single_file_is_the_one_child(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    converted = read(tmp_path, pack("公开".encode() * 300))
    assert (converted.format, list(contents(tmp_path, converted).values())) == (suffix, ["公开".encode() * 300])


def test_the_name_in_a_gzip_header_is_the_child_s(tmp_path: Path) -> None:
    target = io.BytesIO()
    with gzip.GzipFile("年度报告.txt", "wb", fileobj=target) as file:
        file.write(b"x")
    named = bytearray(target.getvalue())
    if not named[3] & 8:  # the library drops a name that is not Latin-1
        named[3] |= 8
        named[10:10] = "年度报告.txt".encode("gb18030") + b"\0"
    assert [child.path for child in read(tmp_path, bytes(named)).children] == ["年度报告.txt"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_zip_names_in_an_undeclared_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    files = {"政府資訊公開年度報告.txt": b"1", "關於印發工作要點的通知.txt": b"2", "ascii.txt": b"3"}
    assert contents(tmp_path, read(tmp_path, zipped_as(encoding, files))) == files


def test_names_that_are_valid_in_two_encodings_are_read_in_the_likelier(tmp_path: Path) -> None:
    for files in ({"通知.txt": b"1"}, {"联通.txt": b"1", "通知/一.txt": b"2"}):
        for encoding in ("gb18030", "utf-8"):
            assert contents(tmp_path, read(tmp_path, zipped_as(encoding, files))) == files


@pytest.mark.parametrize("pack", [zipped, tarred, seven_zipped])
def test_names_that_lead_outside_are_taken_for_names_inside(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    names = ["../../etc/passwd", "/absolute.txt", "C:\\Windows\\win.ini", "a/./b.txt", "目录!/丙.txt", "x\ny"]
    if pack is seven_zipped:
        names = [name for name in names if not name.startswith(("/", ".."))]  # its writer refuses these
    converted = read(tmp_path, pack({name: name.encode() for name in names}))
    paths = {child.path for child in converted.children}
    assert paths <= {"etc/passwd", "absolute.txt", "Windows/win.ini", "a/b.txt", "目录！/丙.txt", "x\ufffdy"}
    assert len(paths) == len(names)
    assert "lead outside" in messages(converted)
    assert {path.name for path in (tmp_path / "work").iterdir()} == {child.stored for child in converted.children}


def test_links_are_not_followed_and_what_packers_add_is_no_document(tmp_path: Path) -> None:
    packed = tarred({"a.txt": b"1", "__MACOSX/._a.txt": b"2", ".DS_Store": b"3"}, links={"b.txt": "/etc/passwd"})
    converted = read(tmp_path, packed)
    assert contents(tmp_path, converted) == {"a.txt": b"1"}
    assert (converted.children_expected, [problem.lossy for problem in converted.problems]) == (1, [False, False])
    assert "「b.txt」, are links" in messages(converted)


def test_a_symbolic_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "1")
    assert contents(tmp_path, read(tmp_path, target.getvalue())) == {"a.txt": b"1"}


def test_files_of_one_name_both_come_out(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a/b.txt", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a/b.txt", "2")
    assert contents(tmp_path, read(tmp_path, target.getvalue())) == {"a/b.txt": b"1", "a/b (2).txt": b"2"}


def test_thousands_of_files_of_one_name_get_numbers_in_order(tmp_path: Path) -> None:
    source = Source(tmp_path, "zip", "zip", tmp_path, (), Limits(), scans=True)
    members = Members(source)
    paths = [members.path_of("甲/b.txt") for _ in range(5_000)]
    # Trying all numbers from 2 on for each name would take 12 million names here, several minutes.
    assert paths == ["甲/b.txt", *(f"甲/b ({number}).txt" for number in range(2, 5_001))]
    assert members.path_of("甲/b (7).txt") == "甲/b (7) (2).txt"


@pytest.mark.parametrize("header", [False, True])
def test_an_encrypted_7z_is_opened_with_one_of_the_passwords(tmp_path: Path, header: bool) -> None:
    packed = seven_zipped(FILES, password="密码", header=header)
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, packed, passwords=("wrong",))
    assert caught.value.category is Category.ENCRYPTED
    assert contents(tmp_path, read(tmp_path, packed, passwords=("wrong", "密码"))) == FILES


def encrypted_zip(password: bytes, name: str, data: bytes, *, beside: dict[str, bytes]) -> bytes:
    """Return a zip archive with one member under the traditional encryption (APPNOTE 6.1)."""
    plain = zipped({name: data, **beside}, packing=zipfile.ZIP_STORED)
    crc = zlib.crc32(data)
    cipher = zip_cipher(password, b"\0" * 11 + bytes([crc >> 24]) + data)
    size, longer = len(data).to_bytes(4, "little"), len(cipher).to_bytes(4, "little")
    head = plain.index(b"PK\x03\x04")
    body = head + 30 + len(name.encode())
    packed = bytearray(plain[:body] + cipher + plain[body + len(data) :])
    packed[head + 6] |= 1
    packed[head + 18 : head + 26] = longer + size
    at = packed.index(b"PK\x01\x02")
    packed[at + 8] |= 1
    packed[at + 20 : at + 28] = longer + size
    shift = len(cipher) - len(data)
    while (at := packed.find(b"PK\x01\x02", at + 4)) >= 0:
        packed[at + 42 : at + 46] = (int.from_bytes(packed[at + 42 : at + 46], "little") + shift).to_bytes(4, "little")
    end = packed.index(b"PK\x05\x06")
    packed[end + 16 : end + 20] = (int.from_bytes(packed[end + 16 : end + 20], "little") + shift).to_bytes(4, "little")
    return bytes(packed)


def zip_cipher(password: bytes, data: bytes) -> bytes:
    table = [zip_crc_step(byte) for byte in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = keys[0] >> 8 ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ table[(keys[2] ^ keys[1] >> 24) & 255]

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in data:
        mixed = keys[2] | 2
        out.append(byte ^ (mixed * (mixed ^ 1) >> 8 & 255))
        update(byte)
    return bytes(out)


def zip_crc_step(value: int) -> int:
    for _ in range(8):
        value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
    return value


def test_an_encrypted_member_of_a_zip_is_opened_or_named(tmp_path: Path) -> None:
    packed = encrypted_zip("密码".encode("gb18030"), "secret.txt", b"hello", beside={"open.txt": b"1"})
    assert contents(tmp_path, read(tmp_path, packed, passwords=("wrong", "密码"))) == {
        "secret.txt": b"hello",
        "open.txt": b"1",
    }
    converted = read(tmp_path, packed, passwords=("wrong",))
    assert contents(tmp_path, converted) == {"open.txt": b"1"}
    assert converted.children_expected == 2
    (problem,) = converted.problems
    assert (problem.category, problem.lossy) == (Category.ENCRYPTED, True)
    assert "secret.txt" in problem.message


def test_a_zip_in_which_everything_is_encrypted_fails_as_encrypted(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, encrypted_zip(b"x", "a.txt", b"hello", beside={}))
    assert caught.value.category is Category.ENCRYPTED


def test_a_damaged_member_is_named_and_the_others_come_out(tmp_path: Path) -> None:
    packed = bytearray(zipped({"a.txt": b"a" * 50, "b.txt": b"b" * 50}, packing=zipfile.ZIP_STORED))
    packed[packed.index(b"a" * 50)] ^= 1
    converted = read(tmp_path, bytes(packed))
    assert list(contents(tmp_path, converted)) == ["b.txt"]
    assert converted.children_expected == 2
    assert converted.problems[0].category is Category.CORRUPT


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_truncated_tar_gives_what_comes_before_the_cut(tmp_path: Path, mode: str) -> None:
    noise = random.Random(20261122).randbytes(40_000)
    packed = tarred({"a.txt": noise, "b.txt": noise[::-1]}, mode=mode)
    converted = read(tmp_path, packed[: len(packed) * 3 // 4 if mode != "w" else 60_000])
    assert list(contents(tmp_path, converted)) == ["a.txt"]
    assert converted.problems[-1].lossy
    assert converted.children_expected == 2


@pytest.mark.parametrize("hint", ["zip", "7z", "gz", "rar"])
def test_noise_with_the_signature_of_an_archive_is_corrupt(tmp_path: Path, hint: str) -> None:
    signature = {"zip": b"PK\x03\x04", "7z": b"7z\xbc\xaf\x27\x1c", "gz": b"\x1f\x8b\x08", "rar": b"Rar!\x1a\x07\x00"}
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, signature[hint] + bytes(range(256)) * 8)
    assert caught.value.category in {Category.CORRUPT, Category.UNSUPPORTED}


def test_an_archive_without_files_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, zipped({}))
    assert caught.value.category is Category.EMPTY


def test_rar_without_its_program_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rar, "find_program", lambda *_: None)
    with pytest.raises(DocumentError, match="libarchive-tools") as caught:
        read(tmp_path, (SAMPLES / "containers" / "rar5-subdirs.rar").read_bytes())
    assert caught.value.category is Category.UNSUPPORTED


if find_program("bsdtar"):

    def test_rar_files_come_out_with_their_names(tmp_path: Path) -> None:
        converted = read(tmp_path, (SAMPLES / "containers" / "rar5-subdirs.rar").read_bytes())
        assert "sub/üȵĩöḋè/file.txt" in contents(tmp_path, converted)
        assert converted.children_expected == 4

    def test_an_encrypted_rar_is_named_so(tmp_path: Path) -> None:
        with pytest.raises(DocumentError) as caught:
            read(tmp_path, (SAMPLES / "containers" / "rar5-hpsw.rar").read_bytes())
        assert caught.value.category is Category.ENCRYPTED

    def test_a_rar_that_writes_through_a_link_writes_nothing_outside(tmp_path: Path) -> None:
        converted = read(tmp_path, (SAMPLES / "containers" / "rar5-evil-symlink-traversal.rar").read_bytes())
        assert [child.path for child in converted.children] == ["up/pwned.txt"]
        assert "「up」, are links" in messages(converted)
