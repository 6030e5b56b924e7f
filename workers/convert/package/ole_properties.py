"""Document properties (author, title, dates …) of a compound file as clues ([MS-OLEPS]).

Not olefile's own reader: on a damaged file it counts through billions of values that are not there.
"""

import codecs
import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from schemas.blocks import Clue

SUMMARY, DOCUMENT_SUMMARY = "\x05SummaryInformation", "\x05DocumentSummaryInformation"

_NAMES: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        SUMMARY: {
            **{2: "title", 3: "subject", 4: "author", 5: "keywords", 8: "last_modified_by"},
            **{12: "created", 13: "modified"},
        },
        DOCUMENT_SUMMARY: {2: "category", 15: "company"},
    }
)
_CODE_PAGE = 1
_I2, _ANSI, _WIDE, _TIME = 0x02, 0x1E, 0x1F, 0x40
_MAX_COUNT = 256
_MAX_LENGTH = 1000
_CHINESE = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 1200: "utf-16-le"}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_EARLIEST = 1980


def read_properties(name: str, data: bytes) -> Iterator[Clue]:
    """Yield the properties that are set, dates in ISO 8601; those up to the damage where the stream is damaged.

    Args:
        name: Name of the stream: ``SUMMARY`` or ``DOCUMENT_SUMMARY``.
        data: Its content, from the first property set on.
    """
    try:
        places = dict(_places(data))
        codec = _codec(data, places.get(_CODE_PAGE))
        for identifier, label in _NAMES[name].items():
            if identifier in places:
                text = _value(data, places[identifier], codec).strip("\0 \t\r\n")[:_MAX_LENGTH]
                if text:
                    yield Clue(label, text, "embedded")
    except (struct.error, OverflowError):
        return


def _places(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield identifier and offset of each value of the first property set."""
    (start,) = struct.unpack_from("<I", data, 44)
    (count,) = struct.unpack_from("<I", data, start + 4)
    for index in range(min(count, _MAX_COUNT)):
        identifier, offset = struct.unpack_from("<II", data, start + 8 + 8 * index)
        yield identifier, start + offset


def _codec(data: bytes, place: int | None) -> str:
    page = 1252
    if place is not None and struct.unpack_from("<H", data, place)[0] == _I2:
        (page,) = struct.unpack_from("<H", data, place + 4)
    try:
        return codecs.lookup(_CHINESE.get(page, f"cp{page}")).name
    except LookupError:
        return "cp1252"


def _value(data: bytes, place: int, codec: str) -> str:
    (kind,) = struct.unpack_from("<H", data, place)
    if kind == _TIME:
        (ticks,) = struct.unpack_from("<Q", data, place + 4)
        moment = _EPOCH + timedelta(microseconds=ticks // 10)
        return moment.isoformat() if moment.year >= _EARLIEST else ""
    if kind not in {_ANSI, _WIDE}:
        return ""
    (length,) = struct.unpack_from("<I", data, place + 4)
    if kind == _WIDE:
        return data[place + 8 : place + 8 + 2 * length].decode("utf-16-le", "replace")
    return data[place + 8 : place + 8 + length].decode(codec, "replace")
