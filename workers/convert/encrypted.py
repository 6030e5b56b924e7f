"""Office files locked with a password: opened with the configured ones, then read as what they are.

OOXML encrypted as a whole ([MS-OFFCRYPTO] EncryptedPackage) and the older formats doc, xls and ppt.
"""

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.parsers.expat import ExpatError

import msoffcrypto
import olefile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.package.rights_management import refuse_rights_managed
from workers.convert.source import Source

# Excel locks workbooks "against changes" with this one and opens them without asking.
_EXCELS_OWN = "VelvetSweatshop"
_ROUNDS = re.compile(rb'spinCount="(\d{1,12})"')
_MAX_ROUNDS = 2_000_000  # Office writes 100,000
_REFUSALS = (DecryptionError, InvalidKeyError, FileFormatError, ParseError)
_DAMAGE = (
    *(OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError),
    *(struct.error, ExpatError),
)


def read(source: Source) -> Converted:
    """Read a locked file; its format is that of what is inside.

    Raises:
        DocumentError: No password opens it; or see the format's own reader.
    """
    from workers.convert.registry import convert  # noqa: PLC0415 - the registry imports the readers

    refuse_rights_managed(source.path)
    if source.format == "encrypted":
        _check(source.path)
    elif source.format == "doc" and _is_of_word_6(source.path):
        raise DocumentError(Category.ENCRYPTED, Sentence.of("word-6-password"))
    folder = source.workdir / "unlocked"
    folder.mkdir(exist_ok=True)
    unlocked = folder / f"document.{source.hint or 'part'}"
    for password in _candidates(source):
        if _unlock(source.path, unlocked, password):
            try:
                return convert(unlocked, hint=source.hint, workdir=folder, limits=source.limits)
            finally:
                unlocked.unlink(missing_ok=True)
    raise DocumentError(Category.ENCRYPTED, Sentence.of("office-password"))


def _check(path: Path) -> None:
    """Refuse a description of the encryption that would cost more to read than any document is worth."""
    try:
        with olefile.OleFileIO(path) as container:
            described = container.openstream("EncryptionInfo").read() if container.exists("EncryptionInfo") else b""
    except _DAMAGE as error:
        raise _damage_error(error) from error
    rounds = [int(found[1]) for found in _ROUNDS.finditer(described)]
    if b"<!DOCTYPE" in described or max(rounds, default=0) > _MAX_ROUNDS:
        raise DocumentError(Category.BOMB, Sentence.of("encryption-endless"))


def _is_of_word_6(path: Path) -> bool:
    with olefile.OleFileIO(path) as container:
        return not (container.exists("0Table") or container.exists("1Table"))


def _damage_error(error: Exception) -> DocumentError:
    return DocumentError(Category.CORRUPT, Sentence.of("encryption-damaged", error=str(error)))


def _candidates(source: Source) -> Iterator[str]:
    yield _EXCELS_OWN
    yield from source.passwords


def _unlock(path: Path, target: Path, password: str) -> bool:
    """Return whether the password opens the file; what it holds is then in ``target``."""
    try:
        with path.open("rb") as locked, target.open("wb") as opened:
            office = msoffcrypto.OfficeFile(locked)
            if not office.is_encrypted():
                return False
            office.load_key(password=password)
            office.decrypt(opened)
    except _REFUSALS:
        return False
    except _DAMAGE as error:
        raise _damage_error(error) from error
    return target.stat().st_size > 0
