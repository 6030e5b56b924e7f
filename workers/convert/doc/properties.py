"""Document properties (author, title, dates …) of a compound file as clues."""

import codecs
from collections.abc import Iterator
from datetime import datetime

import olefile

from schemas.blocks import Clue

_NAMES = {
    **{"title": "title", "subject": "subject", "author": "author", "keywords": "keywords", "category": "category"},
    **{"last_saved_by": "last_modified_by", "create_time": "created", "last_saved_time": "modified"},
    "company": "company",
}
_LONGEST = 1000
_CHINESE = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 1200: "utf-16-le"}


def read_properties(container: olefile.OleFileIO) -> Iterator[Clue]:
    """Yield the properties that are set, dates in ISO 8601; none where they are damaged."""
    try:
        found = container.get_metadata()
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError, OverflowError):
        return
    codec = _codec(found.codepage)
    for name, label in _NAMES.items():
        text = _text(getattr(found, name), codec)
        if text:
            yield Clue(label, text[:_LONGEST], "embedded")


def _codec(page: object) -> str:
    number = page & 0xFFFF if isinstance(page, int) else 1252
    name = _CHINESE.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _text(value: object, codec: str) -> str:
    if isinstance(value, datetime):
        return value.isoformat() if value.year > 1601 else ""
    if isinstance(value, bytes):
        value = value.decode(codec, "replace")
    return value.strip("\0 \t\r\n") if isinstance(value, str) else ""
