"""The compound file a Word document is stored in, opened without trust."""

from pathlib import Path

import olefile

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.package.rights_management import refuse_rights_managed


def open_container(path: Path) -> olefile.OleFileIO:
    """Open a compound file.

    Raises:
        DocumentError: It is none, is damaged, or holds an encrypted document of the newer format.
    """
    refuse_rights_managed(path)
    try:
        container = olefile.OleFileIO(path)
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise DocumentError(Category.CORRUPT, Sentence.of("compound-cut-short", error=str(error))) from error
    if container.exists("EncryptedPackage"):
        container.close()
        raise DocumentError(Category.ENCRYPTED, Sentence.of("document-password"))
    if not container.exists("WordDocument"):
        container.close()
        raise DocumentError(Category.UNSUPPORTED, Sentence.of("compound-without-word"))
    return container


def stream_of(container: olefile.OleFileIO, name: str) -> bytes:
    """Return a stream, as far as it can be read; empty if there is none."""
    if not container.exists(name):
        return b""
    try:
        data: bytes = container.openstream(name).read()
    except (OSError, ValueError, IndexError):
        return b""
    return data
