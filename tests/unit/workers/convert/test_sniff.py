"""What a file is taken for: by its bytes, whatever its name says."""

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category
from workers.convert.detect.signature import named_format, sniff

SAMPLES = Path(__file__).parents[3] / "samples"
CHINESE = "政府信息公开工作年度报告。\n一、总体情况\n"
TYPES = (
    '<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def sniffed(folder: Path, data: bytes, *, hint: str = "") -> str:
    path = folder / "made"
    path.write_bytes(data)
    return sniff(path, hint=hint)


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    return buffer.getvalue()


CONTENT = {
    "txt utf-8": (CHINESE.encode(), "txt"),
    "txt gb18030": (CHINESE.encode("gb18030"), "txt"),
    "txt big5": ("政府資訊公開工作年度報告。".encode("big5"), "txt"),
    "txt utf-16 without mark": (CHINESE.encode("utf-16-le"), "txt"),
    "html": (b"<!DOCTYPE html><html><head><title>x</title></head></html>", "html"),
    "html after a comment": (b"<!-- saved from url -->\n<html><body>x</body></html>", "html"),
    "html in utf-16": ("<html><body>政府</body></html>".encode("utf-16"), "html"),
    "xhtml": (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "html"),
    "html without a head": ("正文<p>一</p><p>二</p><br><p>三</p><div>四</div>".encode(), "html"),
    "text that names tags": (("如何使用<p>和<br>标签。" + CHINESE * 60).encode(), "txt"),
    "xml": (b'<?xml version="1.0"?><note><to>x</to></note>', "xml"),
    "json": ('{"题": "政务"}'.encode(), "json"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\n<html></html>", "mht"),
    "eml": (b"From: a@b\r\nTo: c@d\r\nSubject: x\r\nDate: Mon, 1 Jan 2024 00:00:00 +0800\r\n\r\nbody", "eml"),
    "rtf": (b"{\\rtf1\\ansi x}", "rtf"),
    "pdf": (b"%PDF-1.4\n1 0 obj\n", "pdf"),
    "pdf behind junk": (b"\r\njunk\r\n" * 20 + b"%PDF-1.7\n1 0 obj\n<<>>", "pdf"),
    "text about pdf": ("文件以 %PDF-1.4 开头。".encode(), "txt"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "png"),
    "jpg": (b"\xff\xd8\xff\xe0" + bytes(20), "jpg"),
    "tif": (b"II*\x00" + bytes(20), "tif"),
    "gz": (b"\x1f\x8b\x08" + bytes(20), "gz"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(20), "7z"),
    "rar": (b"Rar!\x1a\x07\x01" + bytes(20), "rar"),
    "tar": (tarred(), "tar"),
    "zip": (zipped(**{"a.txt": "x"}), "zip"),
    "docx": (zipped(**{"[Content_Types].xml": TYPES.format("wordprocessingml.document")}), "docx"),
    "docx with its types last": (
        zipped(**{"word/x.xml": "x" * 9000, "[Content_Types].xml": TYPES.format("wordprocessingml.document")}),
        "docx",
    ),
    "docx without types": (zipped(**{"word/document.xml": "<x/>"}), "docx"),
    "xlsx": (zipped(**{"[Content_Types].xml": TYPES.format("spreadsheetml.sheet")}), "xlsx"),
    "pptx": (zipped(**{"[Content_Types].xml": TYPES.format("presentationml.presentation")}), "pptx"),
    "odt": (zipped(mimetype=OPEN_DOCUMENT + "text"), "odt"),
    "ods": (zipped(**{"META-INF/manifest.xml": f'<x media-type="{OPEN_DOCUMENT}spreadsheet"/>'}), "ods"),
    "ofd": (zipped(**{"Doc_0/Document.xml": "x", "OFD.xml": "<x/>"}), "ofd"),
    "ofd that lost its root": (zipped(**{"Doc_0/Document.xml": "x"}), "ofd"),
    "noise": (bytes(range(256)) * 8, "binary"),
}


@pytest.mark.parametrize(("data", "expected"), CONTENT.values(), ids=CONTENT.keys())
def test_content_says_what_a_file_is(tmp_path: Path, data: bytes, expected: str) -> None:
    assert sniffed(tmp_path, data) == expected


@pytest.mark.parametrize("hint", ["pdf", "docx", "html", "zip", "png", ""])
def test_a_name_never_makes_text_anything_else(tmp_path: Path, hint: str) -> None:
    assert sniffed(tmp_path, CHINESE.encode(), hint=hint) == "txt"


@pytest.mark.parametrize(("hint", "expected"), [("csv", "csv"), ("md", "md"), ("markdown", "md"), ("log", "txt")])
def test_a_name_chooses_among_kinds_of_plain_text(tmp_path: Path, hint: str, expected: str) -> None:
    assert sniffed(tmp_path, CHINESE.encode(), hint=hint) == expected


def test_a_zip_cut_off_before_its_directory_is_still_known(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": "x", "word/document.xml": "y" * 5000}
    assert sniffed(tmp_path, zipped(**parts)[:3000]) == "docx"


def test_a_word_file_is_known_by_its_streams() -> None:
    samples = sorted((SAMPLES / "word").glob("*.doc"))
    assert samples
    assert {sniff(path, hint="wps") for path in samples} == {"doc"}


def ole(*names: str) -> bytes:
    """A compound file ([MS-CFB]) of empty streams."""

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        coded = (name + "\0").encode("utf-16-le")
        sizes = struct.pack("<HBBIII", len(coded), kind, 1, 0xFFFFFFFF, right, child)
        return coded.ljust(64, b"\0") + sizes + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)

    entries = [entry("Root Entry", 5, 0xFFFFFFFF, 1)]
    for at, name in enumerate(names, 1):
        entries.append(entry(name, 2, at + 1 if at < len(names) else 0xFFFFFFFF, 0xFFFFFFFF))
    directory = b"".join(entries).ljust(512, b"\0")
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    )
    table = struct.pack("<II", 0xFFFFFFFD, end).ljust(512, b"\xff")
    return header + struct.pack("<I", 0).ljust(436, b"\xff") + table + directory + struct.pack("<I", free)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("PowerPoint Document", "ppt"),
        ("__properties_version1.0", "msg"),
        ("Whatever", "ole"),
    ],
)
def test_compound_files_are_known_by_their_streams(tmp_path: Path, stream: str, expected: str) -> None:
    assert sniffed(tmp_path, ole("Other", stream)) == expected


def test_a_compound_file_without_its_directory_is_known_by_what_is_left(tmp_path: Path) -> None:
    lost = ole("x")[:1024]
    assert sniffed(tmp_path, lost + b"\xec\xa5\xc1\x00" + bytes(508)) == "doc"
    with pytest.raises(DocumentError) as caught:
        sniffed(tmp_path, lost)
    assert caught.value.category is Category.CORRUPT


def test_an_office_package_cut_off_near_its_start_is_corrupt(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        sniffed(tmp_path, zipped(**{"[Content_Types].xml": "x" * 900, "word/document.xml": "y"})[:600])
    assert caught.value.category is Category.CORRUPT


def test_an_encrypted_office_file_says_so(tmp_path: Path) -> None:
    assert sniffed(tmp_path, ole("EncryptionInfo", "EncryptedPackage"), hint="docx") == "encrypted"


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        sniffed(tmp_path, b"", hint="pdf")
    assert caught.value.category is Category.EMPTY


@pytest.mark.parametrize(
    ("hint", "expected"),
    [("DOCX", "docx"), ("htm", "html"), ("wps", "doc"), ("et", "xls"), ("tiff", "tif"), ("", None), ("2024年", None)],
)
def test_a_suffix_claims_a_format_or_nothing(hint: str, expected: str | None) -> None:
    assert named_format(hint) == expected
