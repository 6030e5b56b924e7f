"""Tar archives and the compressed streams gz, bz2 and xz, whether they hold a tar or one file."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterable
from typing import IO, cast

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.member_names import encoding_of, text_of
from workers.convert.archive.members import Members, chunks
from workers.convert.source import Source

_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    "tar": lambda file: file,
    "gz": lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file)),
    "bz2": lambda file: cast("IO[bytes]", bz2.BZ2File(file)),
    "xz": lambda file: cast("IO[bytes]", lzma.LZMAFile(file)),  # noqa: SIM115 - closed with the file below it
}
_DAMAGED = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_AHEAD = 1 << 14  # bytes lost before a place where the stream is cut
_FLAG_NAME, _FLAG_EXTRA = 8, 4
_CUT = Sentence.of("files-cut-off")


def read(source: Source) -> Converted:
    """Return the files in a tar archive, or the one file in a compressed stream, as children.

    Raises:
        DocumentError: It cannot be opened, or nothing came out of it.
    """
    members = Members(source)
    with source.path.open("rb") as file:
        stream = io.BufferedReader(cast("io.RawIOBase", _OPENERS[source.format](file)), _AHEAD)
        try:
            is_tar = source.format == "tar" or _is_tar(stream.peek(512)[:512])
        except _DAMAGED as error:
            said = Sentence.of("stream-damaged", format=source.format, error=str(error))
            raise DocumentError(Category.CORRUPT, said) from None
        if is_tar:
            add_tar(members, stream)
        else:
            _add_single(members, source, stream)
    return members.converted(source.format)


def add_tar(members: Members, stream: IO[bytes]) -> None:
    """Add the members of a tar archive; where it is damaged, those before that place.

    Args:
        members: Takes them.
        stream: The archive, uncompressed; need not be seekable.
    """
    name = "the next"
    try:
        with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                name = _name(info)
                if members.full:
                    break
                _add(members, archive, info, name)
    except _DAMAGED:
        members.open_end = True
        members.leave_out(name, Category.CORRUPT, _CUT)
    if members.full:
        members.open_end = True


def _add(members: Members, archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> None:
    if info.isdir() or members.is_litter(name):
        return
    if not info.isreg():
        members.remark(name, "are links or devices, which are never followed")
        return
    content = archive.extractfile(info)
    if content is not None:
        members.add(name, lambda: _whole(content, info.size))


def _whole(content: IO[bytes], size: int) -> Iterable[bytes]:
    for piece in chunks(content):
        size -= len(piece)
        yield piece
    if size > 0:
        raise EOFError


def _add_single(members: Members, source: Source, stream: IO[bytes]) -> None:
    name = (_gzip_name(source) if source.format == "gz" else None) or "content"
    try:
        members.add(name, lambda: chunks(stream))
    except _DAMAGED:
        members.leave_out(name, Category.CORRUPT, _CUT)


def _name(info: tarfile.TarInfo) -> str:
    raw = info.name.encode("utf-8", "surrogateescape")
    return info.name if raw.isascii() else text_of(raw, encoding_of([raw]))


def _gzip_name(source: Source) -> str | None:
    """Return the original name in a gzip header (RFC 1952), where there is one."""
    with source.path.open("rb") as file:
        head = file.read(4096)
    at = 10
    if not head[3] & _FLAG_NAME:
        return None
    if head[3] & _FLAG_EXTRA:
        at += 2 + int.from_bytes(head[10:12], "little")
    raw = head[at:].split(b"\x00", 1)[0]
    return text_of(raw, encoding_of([raw])) if raw else None


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True
