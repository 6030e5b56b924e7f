"""Files attached inside a PDF (ISO 32000-2, 7.11.4), which become documents of their own."""

from functools import partial

import pypdfium2
import pypdfium2.raw as pdfium

from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.members import Members
from workers.convert.pdf.strings import read_string
from workers.convert.source import Source

_HEAD = 4096
_NOISE = 200  # of 256 byte values in the head of a file: more than any format but packed data shows
_KNOWN = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc\xaf", b"Rar!")


def read_attachments(document: pypdfium2.PdfDocument, source: Source) -> Members | None:
    """Return the files attached to an open document; None if there are none."""
    count = document.count_attachments()
    if not count:
        return None
    members = Members(source)
    locked = pdfium.FPDF_GetSecurityHandlerRevision(document) != -1
    for number in range(count):
        attachment = document.get_attachment(number)
        name = read_string(partial(pdfium.FPDFAttachment_GetName, attachment)) or f"attachment {number + 1}"
        try:
            data = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            members.leave_out(name, Category.CORRUPT, Sentence.of("files-damaged-or-empty"))
            continue
        if locked and _is_noise(data):
            # A document may open without a password and yet have its attachments locked with one (EFF).
            members.leave_out(name, Category.ENCRYPTED, Sentence.of("files-encrypted-apart"))
        else:
            members.add(name, lambda data=data: [data])  # type: ignore[misc]
    return members


def _is_noise(data: bytes) -> bool:
    return len(set(data[:_HEAD])) > _NOISE and not data.startswith(_KNOWN)
