"""The formats this application reads, each with the module that reads it, and the way from a file to its blocks."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.detect.signature import named_format, sniff
from workers.convert.layout.letterhead import with_number
from workers.convert.opened_archive import OpenedArchive
from workers.convert.source import Source

VERSION = 9

# A module has one function, read(source: Source) -> Converted; it is imported when its format is first met.
READERS: dict[str, str] = {
    "txt": "workers.convert.text.txt",
    "html": "workers.convert.html.reader",
    "docx": "workers.convert.word.docx",
    "doc": "workers.convert.word.doc",
    "pdf": "workers.convert.pdf.reader",
    "ofd": "workers.convert.ofd",
    "rtf": "workers.convert.word.rtf",
    "odt": "workers.convert.word.odt",
    "xlsx": "workers.convert.spreadsheet.sheets",
    "xlsb": "workers.convert.spreadsheet.sheets",
    "xls": "workers.convert.spreadsheet.sheets",
    "ods": "workers.convert.spreadsheet.ods",
    "pptx": "workers.convert.slides.pptx",
    "ppt": "workers.convert.slides.ppt",
    "csv": "workers.convert.spreadsheet.csv_table",
    "md": "workers.convert.text.md",
    "mht": "workers.convert.html.mht",
    "encrypted": "workers.convert.encrypted",
    "zip": "workers.convert.archive.zip",
    "tar": "workers.convert.archive.tar",
    "gz": "workers.convert.archive.tar",
    "bz2": "workers.convert.archive.tar",
    "xz": "workers.convert.archive.tar",
    "7z": "workers.convert.archive.seven_zip",
    "rar": "workers.convert.archive.rar",
    "eml": "workers.convert.mail.eml",
    "msg": "workers.convert.mail.msg",
    "mbox": "workers.convert.mail.mailbox_files",
    "emlx": "workers.convert.mail.mailbox_files",
    "png": "workers.convert.ocr.image",
    "jpg": "workers.convert.ocr.image",
    "tif": "workers.convert.ocr.image",
    "gif": "workers.convert.ocr.image",
}

# Locked inside their own container; "encrypted" opens them with the passwords there are.
_UNLOCKED = frozenset({"doc", "xls", "ppt"})
# All of the file is the text: nothing in it is passed over.
_ALL_TEXT = frozenset({"txt", "md", "csv"})


def convert(
    path: Path,
    *,
    hint: str,
    workdir: Path,
    passwords: tuple[str, ...] = (),
    limits: Limits | None = None,
    scans: bool = True,
    ocr_engine: str = "auto",
) -> Converted:
    """Read one file, whatever it is; runs inside the sandbox.

    Args:
        path: The file.
        hint: Suffix of its name, lower case, without the dot.
        workdir: An empty folder for what the reader has to write.
        passwords: Tried in turn on encrypted files.
        limits: What the conversion may use; those of the settings' defaults where none are given.
        scans: Whether pages may be recognised.
        ocr_engine: Which one recognises them (``workers.convert.ocr.engines``).

    Raises:
        ScanFoundError: A page has to be recognised and may not.
        DocumentError: The file is empty, of no known format, encrypted or damaged.
    """
    with OpenedArchive(path) as opened:
        format_ = sniff(path, hint=hint, opened=opened)
        source = Source(
            path,
            format_,
            hint,
            workdir,
            passwords,
            limits or Limits(),
            scans=scans,
            ocr_engine=ocr_engine,
            opened=opened,
        )
        converted = with_number(_read(source))
        if converted.format not in _ALL_TEXT:
            converted = _with_rest(converted, path, opened)
    named = named_format(hint)
    return replace(converted, named_format=named) if named and named != converted.format else converted


def _read(source: Source) -> Converted:
    reader = reader_of(source.format)
    try:
        return reader(source)
    except DocumentError as error:
        if error.category is not Category.ENCRYPTED or source.format not in _UNLOCKED:
            raise
        return reader_of("encrypted")(source)


def _with_rest(converted: Converted, path: Path, opened: OpenedArchive) -> Converted:
    """Return a document with what its reader passed over: words in no part of the text, and remarks on pictures."""
    from workers.convert.pictures import with_pictures  # noqa: PLC0415 - a text must not wait for their patterns
    from workers.convert.unread_text import with_unread_text  # noqa: PLC0415 - as above

    return with_pictures(with_unread_text(converted, path, opened), path, opened)


def reader_of(format_: str) -> Callable[[Source], Converted]:
    """Return the function that reads a format.

    Raises:
        DocumentError: No reader knows the format (category ``unsupported``).
    """
    if format_ not in READERS:
        raise DocumentError(Category.UNSUPPORTED, Sentence.of("format-unknown", format=format_))
    reader: Callable[[Source], Converted] = import_module(READERS[format_]).read
    return reader
