"""The formats this application reads, each with the module that reads it, and the way from a file to its blocks."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from workers.convert.sniff import named_format, sniff
from workers.convert.source import Source
from workers.settings import Limits

VERSION = 3

# A module has one function, read(source: Source) -> Converted; it is imported when its format is first met.
READERS: dict[str, str] = {
    "txt": "workers.convert.txt",
    "html": "workers.convert.html",
    "docx": "workers.convert.docx",
    "doc": "workers.convert.doc",
    "pdf": "workers.convert.pdf",
    "ofd": "workers.convert.ofd",
    "rtf": "workers.convert.rtf",
    "odt": "workers.convert.odt",
    "xlsx": "workers.convert.sheets",
    "xlsb": "workers.convert.sheets",
    "xls": "workers.convert.sheets",
    "ods": "workers.convert.ods",
    "pptx": "workers.convert.pptx",
    "ppt": "workers.convert.ppt",
    "csv": "workers.convert.csv_table",
    "md": "workers.convert.md",
    "mht": "workers.convert.mht",
    "encrypted": "workers.convert.encrypted",
    "zip": "workers.convert.archive_zip",
    "tar": "workers.convert.archive_tar",
    "gz": "workers.convert.archive_tar",
    "bz2": "workers.convert.archive_tar",
    "xz": "workers.convert.archive_tar",
    "7z": "workers.convert.archive_7z",
    "rar": "workers.convert.archive_rar",
    "eml": "workers.convert.mail_eml",
    "msg": "workers.convert.mail_msg",
    "png": "workers.convert.image",
    "jpg": "workers.convert.image",
    "tif": "workers.convert.image",
    "gif": "workers.convert.image",
}

# Locked inside their own container; "encrypted" opens them with the passwords there are.
_UNLOCKED = frozenset({"doc", "xls", "ppt"})


def convert(
    path: Path,
    *,
    hint: str,
    workdir: Path,
    passwords: tuple[str, ...] = (),
    limits: Limits | None = None,
    scans: bool = True,
) -> Converted:
    """Read one file, whatever it is; runs inside the sandbox.

    Args:
        path: The file.
        hint: Suffix of its name, lower case, without the dot.
        workdir: An empty folder for what the reader has to write.
        passwords: Tried in turn on encrypted files.
        limits: What the conversion may use; those of the settings' defaults where none are given.
        scans: Whether pages may be recognised.

    Raises:
        ScanFoundError: A page has to be recognised and may not.
        DocumentError: The file is empty, of no known format, encrypted or damaged.
    """
    format_ = sniff(path, hint=hint)
    reader = reader_of(format_)
    source = Source(path, format_, hint, workdir, passwords, limits or Limits(), scans=scans)
    try:
        converted = reader(source)
    except DocumentError as error:
        if error.category is not Category.ENCRYPTED or format_ not in _UNLOCKED:
            raise
        converted = reader_of("encrypted")(source)
    named = named_format(hint)
    return replace(converted, named_format=named) if named and named != converted.format else converted


def reader_of(format_: str) -> Callable[[Source], Converted]:
    """Return the function that reads a format.

    Raises:
        DocumentError: No reader knows the format (category ``unsupported``).
    """
    if format_ not in READERS:
        advice = "save it as docx, pdf, html or txt"
        raise DocumentError(Category.UNSUPPORTED, f"no reader for files of type {format_}; {advice}")
    reader: Callable[[Source], Converted] = import_module(READERS[format_]).read
    return reader
