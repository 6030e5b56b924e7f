"""What a file holds that no reader took for its text: whoever downloads the original has it, so it is judged too.

Readers hand on the comments and tracked deletions they know. Here the file is looked through as a whole, whatever its
reader knows: parts of a package that are no body, attributes people write in, what editing left in a binary file, the
script of a page, the metadata of a picture. What stands in the text as well is judged there, with its surroundings.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

from schemas.blocks import Converted
from workers.convert.opened_archive import OpenedArchive, read_part
from workers.convert.text.unseen import is_suspect, suspect_stretches

_PACKAGES = frozenset({"docx", "xlsx", "xlsb", "pptx", "odt", "ods", "ofd"})
_BINARY = frozenset({"doc", "xls", "ppt", "msg", "rtf", "png", "jpg", "gif", "tif"})
_WRITTEN = frozenset({"html", "mht", "eml"})  # of txt and md, all of the file is the text
_MOST_BYTES = 64 << 20
_MOST_PART = 8 << 20
_MOST_STRETCHES = 200
_BEFORE = 24

# Parts that hold the text their reader has read, and parts that hold no text at all.
_BODIES = re.compile(
    r"word/document\.xml|xl/worksheets/.*|content\.xml|ppt/slides/[^/]*\.xml|doc_\d+/(?:pages|tpls)/.*content\.xml"
)
_DESCRIPTION = re.compile(r"<svg:(?:title|desc)>([^<]+)<")  # of a drawing in OpenDocument, which no page shows
_NO_TEXT = re.compile(
    r".*(?:styles(?:witheffects)?|theme\d*|settings|fonttable|websettings|numbering|presprops|viewprops|tablestyles|calcchain|"
    r"\[content_types\]|manifest)\.xml|.*\.rels"
)
_WITHIN_LINE = re.compile(r"</?(?:\w+:)?(?:r|t|rPr|span|delText|TextCode)(?:\s[^<>]*)?>|<[^<>]*/>")
# GB/T 33190: what paths, glyph lists and boxes hold are coordinates and numbers of glyphs (9.1, 11.2, 7.5).
_GEOMETRY = re.compile(r"<(?:\w+:)?(?:AbbreviatedData|Glyphs|\w+Box)(?:\s[^<>]*)?>[^<]*")
_TAG = re.compile(r"<[^<>]*>")
_AFTER_TAG = re.compile(r">[^<]*[^<\s]")
# The value first and the name after: parts hold thousands of attributes, few of them long.
_LONG_VALUE = re.compile(r"""=(?=["']([^"'<]{10,2000})["'])""")
_WRITTEN_IN = ("descr", "alt", "title", "author", "name", "Name", "content", "comment", "tooltip", "prompt", "error")
_NAMED = re.compile("|".join(rf"(?<=\b{name})" for name in _WRITTEN_IN))
# The digit first: Python looks for it at once, and only then at what stands before it.
_RUN = re.compile(r"[0-9](?<![0-9A-Za-z][0-9])(?:[ -]?[0-9]){9,17}[ -]?[0-9Xx](?![0-9A-Za-z])")
# Every digit as 0, so that Python finds the first of a run at the speed of memory.
_SHAPES = bytes(0x30 if chr(byte).isdecimal() and byte < 128 else byte for byte in range(256))
_WIDE_SHAPE = b"0\0" * 4  # the most digits of a number that stand together where it is written in groups
_SHAPE_OF_RUN = re.compile(rb"0(?:[ -]?0){9,18}")
_WIDE_RUN = re.compile(rb"(?:[0-9]\0(?:[ -]\0)?){10,18}[0-9Xx]\0")
# A long number of a program is as good as never an identity number; a card's, without a word for it, one in fifty is.
_SURE = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}[0-9Xx]")
_CARD = re.compile("卡|银行|账|帐")
_XMP = (b"<x:xmpmeta", b"</x:xmpmeta>")


def with_unread_text(converted: Converted, path: Path, opened: OpenedArchive) -> Converted:
    """Return a document with what its file holds beside its text among ``unseen``.

    Args:
        converted: As its reader returned it.
        path: The file.
        opened: Opens it where it is an archive.
    """
    found = suspect_stretches(_stretches(converted, path, opened))
    if not found:
        return converted
    text = _compact("\n".join([*(block.text for block in converted.blocks), *converted.unseen]))
    kept = tuple(stretch for stretch in found if not _stands_in(stretch, text))[:_MOST_STRETCHES]
    return replace(converted, unseen=(*converted.unseen, *kept)) if kept else converted


def _stretches(converted: Converted, path: Path, opened: OpenedArchive) -> Iterator[str]:
    if converted.format in _PACKAGES:
        yield from _in_package(path, opened)
    elif converted.format == "zip":
        yield from _in_directory(path, opened)
    elif converted.format in _BINARY or converted.format in _WRITTEN:
        data = path.read_bytes()[:_MOST_BYTES]
        if converted.format in _WRITTEN:
            yield from _runs_of_bytes(data, converted.encoding or "utf-8")
        else:
            shapes = data.translate(_SHAPES)
            yield from _runs_in(data, shapes, "latin-1")
            if _WIDE_SHAPE in shapes:
                for match in _WIDE_RUN.finditer(data):
                    yield from _runs(match[0].decode("utf-16-le"))
    elif converted.format == "pdf":
        yield from _in_metadata(path.read_bytes())


def _in_package(path: Path, opened: OpenedArchive) -> Iterator[str]:
    try:
        with opened.open(path) as archive:
            yield archive.comment.decode("utf-8", "ignore")
            for entry in archive.infolist():
                name = entry.filename.replace("\\", "/").lstrip("/")
                if name.lower().endswith((".xml", ".vml")) and entry.file_size <= _MOST_PART:
                    yield from _in_part(name, archive, entry)
    except (zipfile.BadZipFile, OSError, ValueError):
        return  # its reader has said what is damaged


def _in_part(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[str]:
    if _NO_TEXT.fullmatch(name.lower()):
        return
    try:
        markup = read_part(archive, entry).decode("utf-8", "ignore")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return
    yield from (unescape(value[1]) for value in _LONG_VALUE.finditer(markup) if _NAMED.match(markup, value.start()))
    if _BODIES.fullmatch(name.lower()):
        yield from map(unescape, _DESCRIPTION.findall(markup) if "<svg:" in markup else ())
    elif _has_text(markup) and is_suspect(_TAG.sub("", markup)):
        yield from unescape(_TAG.sub("\n", _WITHIN_LINE.sub("", _GEOMETRY.sub("", markup)))).split("\n")


def _has_text(markup: str) -> bool:
    """Return whether anything but whole tags and white space is there: large parts have nothing else."""
    whole = markup.count("<") == markup.count(">") and markup.lstrip("\ufeff \t\r\n").startswith("<")
    return not whole or _AFTER_TAG.search(markup) is not None


def _in_directory(path: Path, opened: OpenedArchive) -> Iterator[str]:
    try:
        with opened.open(path) as archive:
            yield archive.comment.decode("utf-8", "ignore")
            yield from (entry.comment.decode("utf-8", "ignore") for entry in archive.infolist() if entry.comment)
    except (zipfile.BadZipFile, OSError, ValueError):
        return


def _in_metadata(data: bytes) -> Iterator[str]:
    """Yield the texts of the metadata of a PDF (XMP, ISO 16684-1), which programs leave uncompressed for others."""
    at = data.find(_XMP[0])
    while at >= 0:
        end = data.find(_XMP[1], at)
        markup = data[at : end if end >= 0 else at + _MOST_PART].decode("utf-8", "ignore")
        yield from unescape(_TAG.sub("\n", markup)).split("\n")
        at = data.find(_XMP[0], at + 1)


def _runs_of_bytes(data: bytes, encoding: str) -> Iterator[str]:
    """Yield the long numbers of an encoded text; digits are single bytes in all but the wide encodings."""
    if encoding.replace("_", "-").startswith(("utf-16", "utf-32")):
        yield from _runs(data.decode(encoding, "ignore"))
        return
    yield from _runs_in(data, data.translate(_SHAPES), encoding)


def _runs_in(data: bytes, shapes: bytes, encoding: str) -> Iterator[str]:
    for match in _SHAPE_OF_RUN.finditer(shapes):
        start = max(0, match.start() - 4 * _BEFORE)
        yield from _runs(data[start : match.end() + 3].decode(encoding, "ignore"))


def _runs(text: str) -> Iterator[str]:
    """Yield the long numbers of a text that may be a person's, each with what stands before it and may say whose."""
    for match in _RUN.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _SURE.fullmatch(_compact(match[0])) or _CARD.search(before):
            yield " ".join((before + match[0]).split())


def _stands_in(stretch: str, text: str) -> bool:
    numbers = [_compact(match[0]) for match in _RUN.finditer(stretch)]
    return all(number in text for number in numbers) if numbers else _compact(stretch) in text


def _compact(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)
