"""What a zip or OLE container holds, by the names inside it; opens no part but the few bytes that name the type."""

import mmap
import zipfile
from pathlib import Path

import olefile

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.opened_archive import OpenedArchive

_PART_BYTES = 1_000_000  # of [Content_Types].xml and its like; real ones have a few thousand

# [MS-CFB] stream names, most telling first.
_OLE_STREAMS = {
    "worddocument": "doc",
    "workbook": "xls",
    "book": "xls",
    "powerpoint document": "ppt",
    "__properties_version1.0": "msg",
    "matost": "wps",  # Microsoft Works, which shares WPS Office's suffix
}

RIGHTS_MANAGED = frozenset({"\x09drmcontent", "\x09drmviewercontent"})
"""Streams of a document under rights management ([MS-OFFCRYPTO] 2.2.1), lower case."""

_MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"ms-word.template.macroEnabledTemplate.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
    (b"presentationml.template.main+xml", "pptx"),
    (b"ms-powerpoint.presentation.macroEnabled.main+xml", "pptx"),
)
_PART_NAMES = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods", "presentation": "odp", "graphics": "odg"}


def kind_of_ole(path: Path) -> str:
    """Return the format of an OLE compound file ([MS-CFB]); ``ole`` where its streams are of no kind we know.

    An OOXML file encrypted as a whole ([MS-OFFCRYPTO] EncryptedPackage) is ``encrypted``: what it is, is inside.

    Raises:
        DocumentError: A container whose directory is lost and with it what it was.
    """
    try:
        with olefile.OleFileIO(str(path)) as container:
            names = {entry[0].lower() for entry in container.listdir(streams=True, storages=False)}
    except (OSError, ValueError, TypeError, IndexError, RecursionError):
        names = set()
    if not (names := names or _names_in_bytes(path)):
        raise DocumentError(Category.CORRUPT, Sentence.of("office-directory-lost"))
    if "encryptedpackage" in names:
        return "encrypted"
    if names & RIGHTS_MANAGED:
        raise DocumentError(Category.ENCRYPTED, Sentence.of("rights-managed"))
    return next((format_ for stream, format_ in _OLE_STREAMS.items() if stream in names), "ole")


def _names_in_bytes(path: Path) -> set[str]:
    """Return the telling stream names found in the bytes of a container whose directory cannot be read."""
    wanted = {"WordDocument", "Workbook", "PowerPoint Document", "__properties_version1.0", "EncryptedPackage"}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        names = {name.lower() for name in wanted if data.find(name.encode("utf-16-le")) >= 0}
        # wIdent of Word's FIB ([MS-DOC] 2.5.2) begins a sector and survives a lost directory.
        if not names and any(data[at : at + 2] == b"\xec\xa5" for at in range(512, len(data), 512)):
            names = {"worddocument"}
    return names


def kind_of_zip(path: Path, opened: OpenedArchive) -> str:
    """Return the format of a zip file: an office package, an OFD, or plain ``zip``.

    Args:
        path: The file.
        opened: Opens it.

    Raises:
        DocumentError: An office package cut off before the part that says which.
    """
    try:
        with opened.open(path) as package:
            return _kind_of_package(package)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return _kind_without_directory(path)


def _kind_of_package(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    lowered = {name.lower().replace("\\", "/").lstrip("/") for name in names}
    if _is_ofd(lowered):
        return "ofd"
    for name in ("mimetype", "META-INF/manifest.xml"):
        format_ = _open_document(_part(package, name)) if name in names else None
        if format_:
            return format_
    types = _part(package, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    return next((format_ for main, format_ in _MAIN_PARTS if main in types), None) or _by_part_name(lowered)


def _is_ofd(names: set[str]) -> bool:
    # GB/T 33190 wants OFD.xml at the root; a package that lost it is a damaged OFD, not an archive.
    return "ofd.xml" in names or any(name.startswith("doc_") and name.endswith("/document.xml") for name in names)


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        with package.open(name) as part:
            return part.read(_PART_BYTES)
    except (RuntimeError, zipfile.BadZipFile, OSError, NotImplementedError, EOFError):
        return b""  # an encrypted or damaged part names nothing; other parts still may


def _open_document(declaration: bytes) -> str | None:
    marker = b"application/vnd.oasis.opendocument."
    start = declaration.find(marker)
    if start < 0:
        return "epub" if declaration.startswith(b"application/epub+zip") else None
    rest = declaration[start + len(marker) : start + len(marker) + 20].decode("ascii", "replace")
    return next((format_ for kind, format_ in _OPEN_DOCUMENT.items() if rest.startswith(kind)), None)


def _by_part_name(names: set[str]) -> str:
    return next((format_ for part, format_ in _PART_NAMES.items() if part in names), "zip")


def _kind_without_directory(path: Path) -> str:
    """Return the format by the names in the local headers: the end of the file, where the directory is, was lost."""
    names: set[str] = set()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(b"PK\x03\x04")
        while at >= 0 and len(names) < 1000:
            length = int.from_bytes(data[at + 26 : at + 28], "little")
            names.add(data[at + 30 : at + 30 + length].decode("utf-8", "replace").lower())
            if "mimetype" in names and len(names) == 1:
                extra = int.from_bytes(data[at + 28 : at + 30], "little")
                content = data[at + 30 + length + extra : at + 130 + length + extra]
                if format_ := _open_document(content):
                    return format_
            at = data.find(b"PK\x03\x04", at + 30)
    if _is_ofd(names):
        return "ofd"
    format_ = _by_part_name(names)
    if format_ == "zip" and "[content_types].xml" in names:
        raise DocumentError(Category.CORRUPT, Sentence.of("office-cut-off"))
    return format_
