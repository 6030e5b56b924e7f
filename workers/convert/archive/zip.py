"""Zip archives; those that are documents (OOXML, ODF, OFD) have readers of their own."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.member_names import encoding_of, text_of
from workers.convert.archive.members import Members, chunks
from workers.convert.source import Source

_ENCRYPTED = 0x1
_UTF8 = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP extra field: version, CRC of the name, the name in UTF-8
_UNIX = 3
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


def read(source: Source) -> Converted:
    """Return the files in a zip archive as children.

    Raises:
        DocumentError: It cannot be opened, or nothing came out of it.
    """
    try:
        with zipfile.ZipFile(source.path) as archive:
            members = Members(source)
            for info, name in _name_entries(archive.infolist()):
                _add(members, archive, info, name, source.passwords)
            return members.converted(source.format)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        said = Sentence.of("archive-damaged", format="zip", error=str(error))
        raise DocumentError(Category.CORRUPT, said) from None


def _add(
    members: Members, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, passwords: tuple[str, ...]
) -> None:
    if info.is_dir() or name.endswith("\\") or members.is_litter(name):
        return
    if _is_special(info):
        members.remark(name, "are links or devices, which are never followed")
        return
    if members.full:
        members.leave_at_limit(name)
        return
    keys = list(_keys(passwords)) if info.flag_bits & _ENCRYPTED else [None]
    for key in keys:
        try:
            members.add(name, lambda key=key: _content(archive, info, key))  # type: ignore[misc]
            return
        except NotImplementedError:
            _unreadable(members, info, name)
            return
        except RuntimeError:  # zipfile's word for a wrong password
            continue
        except _DAMAGED as error:
            if key is None:
                members.leave_out(name, Category.CORRUPT, Sentence.of("files-damaged", error=str(error)))
                return
    members.leave_out(name, Category.ENCRYPTED, Sentence.of("files-encrypted"))


def _unreadable(members: Members, info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        members.leave_out(name, Category.ENCRYPTED, Sentence.of("files-encrypted-aes"))
    else:
        said = Sentence.of("files-packing-method", method=info.compress_type)
        members.leave_out(name, Category.UNSUPPORTED, said)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, key: bytes | None) -> Iterable[bytes]:
    with archive.open(info, pwd=key) as content:
        yield from chunks(content)


def _keys(passwords: tuple[str, ...]) -> Iterator[bytes]:
    for password in passwords:
        yield from dict.fromkeys(password.encode(encoding, "replace") for encoding in ("utf-8", "gb18030"))


def _is_special(info: zipfile.ZipInfo) -> bool:
    mode = info.external_attr >> 16
    return info.create_system == _UNIX and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}


def _name_entries(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield each entry with its name as its packer meant it: zip knows cp437 and UTF-8, Chinese Windows neither."""
    raw = [_raw_name(info) for info in infos]
    beyond = [name for name in raw if name and not name.isascii()]
    encoding = encoding_of(beyond) if beyond else "ascii"
    for info, name in zip(infos, raw, strict=True):
        yield info, _unicode_path(info) or (text_of(name, encoding) if name is not None else info.orig_filename)


def _raw_name(info: zipfile.ZipInfo) -> bytes | None:
    """Return the bytes of a name that is not declared to be UTF-8."""
    try:
        return None if info.flag_bits & _UTF8 else info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and length > 5:
            return extra[9 : 4 + length].decode("utf-8", "replace")
        extra = extra[4 + length :]
    return None
