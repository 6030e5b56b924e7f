"""A document as a clean file of its own, in one of the formats it can be written as."""

import datetime
from collections.abc import Iterable
from typing import Literal

from schemas.office.output.reprint import Part
from schemas.records import DocumentRecord
from search.office.output.reprint import docx_file, eep_file, ofd_file
from search.office.output.reprint.text_file import text_of

Format = Literal["docx", "ofd", "txt", "eep"]
MEDIA_TYPES: dict[Format, str] = {
    "docx": docx_file.MEDIA_TYPE,
    "ofd": ofd_file.MEDIA_TYPE,
    "txt": "text/plain; charset=utf-8",
    "eep": eep_file.MEDIA_TYPE,
}
# By how the name of a file ends.
FORMATS: dict[str, Format] = {"docx": "docx", "ofd": "ofd", "txt": "txt", "xml": "eep"}
SUFFIXES = {file_format: suffix for suffix, file_format in FORMATS.items()}


def file_bytes(record: DocumentRecord, parts: Iterable[Part], file_format: Format) -> bytes:
    """Return the file, with title and issuer of ``record`` among its properties.

    Raises:
        UndatedError: An EEP package needs 成文日期 or 发布日期, and neither is known.
        NoArticleError: An EEP package describes the first article, and there is none.
    """
    if file_format == "txt":
        return text_of(parts).encode()
    if file_format == "ofd":
        return ofd_file.ofd_bytes(parts, record)
    first = record.articles[0] if record.articles else None
    data = docx_file.docx_bytes(parts, title=ofd_file.title_of(record), author=(first.issuer if first else None) or "")
    if file_format == "docx":
        return data
    if first is None:
        raise eep_file.NoArticleError("the document holds no article to describe")
    return eep_file.eep_bytes(eep_file.Packed(record, first, data, datetime.datetime.now(datetime.UTC)))
