"""What a file is, decided by its bytes; never by its name alone.

The name's suffix may only choose among kinds of plain text (csv, md, eml) that no byte tells apart. This module reads
the first few kilobytes; the inside of zip and OLE containers is looked at in ``sniff_containers``, text in
``sniff_text``. It reads no document: a damaged one is still named for what it was.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.detect.text import kind_of_text

if TYPE_CHECKING:
    from workers.convert.opened_archive import OpenedArchive

HEAD_BYTES = 8192

_SIGNATURES: dict[bytes, str] = {
    b"%PDF-": "pdf",
    b"{\\rtf": "rtf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
    b"\x1f\x8b\x08": "gz",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK = 1 << 20
_RTF = b"{\\rtf"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_NAMES: dict[str, str] = {
    "htm": "html",
    "shtml": "html",
    "xhtml": "html",
    "mhtml": "mht",
    "text": "txt",
    "log": "txt",
    "markdown": "md",
    "docm": "docx",
    "dotx": "docx",
    "dotm": "docx",
    "dot": "doc",
    "wps": "doc",
    "wpt": "doc",
    "et": "xls",
    "ett": "xls",
    "dps": "ppt",
    "dpt": "ppt",
    "xlsm": "xlsx",
    "xltx": "xlsx",
    "xlt": "xls",
    "pptm": "pptx",
    "ppsx": "pptx",
    "potx": "pptx",
    "pps": "ppt",
    "pot": "ppt",
    "ott": "odt",
    "ots": "ods",
    "jpeg": "jpg",
    "tiff": "tif",
    "tgz": "gz",
    "tbz2": "bz2",
    "txz": "xz",
}
_KNOWN = frozenset(
    {
        "txt",
        "html",
        "mht",
        "md",
        "csv",
        "json",
        "xml",
        "eml",
        "mbox",
        "emlx",
        "msg",
        "docx",
        "doc",
        "rtf",
        "odt",
        "ods",
        "xlsx",
        "xls",
    }
    | {"pptx", "ppt", "pdf", "ofd", "png", "jpg", "tif", "gif", "zip", "tar", "gz", "7z", "rar"}
)


def named_format(hint: str) -> str | None:
    """Return the format a suffix claims, in the words of ``sniff``; None if it claims nothing we know.

    The WPS suffixes claim the Office format their container is (``wps`` is ``doc``, ``et`` is ``xls``).
    """
    name = _NAMES.get(hint.lower(), hint.lower())
    return name if name in _KNOWN else None


def sniff(path: Path, *, hint: str, opened: "OpenedArchive | None" = None) -> str:
    """Return what the file is: ``docx``, ``pdf``, ``txt`` …; ``binary`` where nothing is recognised.

    Args:
        path: The file.
        hint: Suffix of its name, lower case, without the dot.
        opened: Opens it where it is an archive, and keeps it open for those who come after.

    Raises:
        DocumentError: The file is empty, or an Office document damaged until nothing says what it was.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise DocumentError(Category.EMPTY, Sentence.of("file-empty"))
    if not head.strip(b"\0"):
        head = _after_nul(path)
    if head.startswith(_OLE):
        from workers.convert.detect.containers import kind_of_ole  # noqa: PLC0415 - imports olefile

        return kind_of_ole(path)
    if head.startswith(_ZIP):
        return _kind_of_archive(path, opened)
    filled = head.lstrip(b"\0")
    if filled.startswith(_ZIP[0]):
        return _kind_of_archive(path, opened)  # its reader counts from the end of the file
    if filled.startswith(_OLE):
        raise DocumentError(Category.CORRUPT, Sentence.of("office-directory-lost"))
    return (
        _by_signature(head)
        or ("rtf" if filled.startswith(_RTF) else None)
        or kind_of_text(head, named_format(hint))
        or "binary"
    )


def _kind_of_archive(path: Path, opened: "OpenedArchive | None") -> str:
    from workers.convert.detect.containers import kind_of_zip  # noqa: PLC0415 - imports zipfile
    from workers.convert.opened_archive import OpenedArchive  # noqa: PLC0415 - imports zipfile

    if opened is not None:
        return kind_of_zip(path, opened)
    with OpenedArchive(path) as alone:
        return kind_of_zip(path, alone)


def _after_nul(path: Path) -> bytes:
    """Return the head of what stands behind a beginning of nothing but NUL bytes, which a failed copy leaves.

    Raises:
        DocumentError: Nothing does.
    """
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if kept := block.lstrip(b"\0"):
                return kept[:HEAD_BYTES]
    raise DocumentError(Category.CORRUPT, Sentence.of("file-of-nul"))


def _by_signature(head: bytes) -> str | None:
    for signature, format_ in _SIGNATURES.items():
        if head.startswith(signature):
            return format_
    if _is_tar(head):
        return "tar"
    # ISO 32000 readers accept a header anywhere in the first 1024 bytes; mail gateways put more in front of it.
    return "pdf" if _late_pdf(head) else None


def _late_pdf(head: bytes) -> bool:
    start = head.find(b"%PDF-")
    return start >= 0 and head[start + 5 : start + 6].isdigit() and b" obj" in head[start:]


def _is_tar(head: bytes) -> bool:
    if len(head) < 512:
        return False
    if head[257:262] == b"ustar":
        return True
    stored = head[148:156].strip(b" \x00")
    if not stored or not head[0] or not all(0x30 <= byte <= 0x37 for byte in stored):
        return False
    return int(stored, 8) == sum(head[:148]) + 8 * 0x20 + sum(head[156:512])
