"""Encode and decode every dataclass that crosses a process or a disk.

msgspec validates the data when decoding. It is imported in a hundredth of the time pydantic takes, which a sandbox and
a command that reads one file would wait for.
"""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()


class StructureError(ValueError):
    """The data has another structure than the type it is decoded to."""


@cache
def _decoder(kind: Hashable) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind)


def encode(value: Any) -> bytes:
    """Return ``value`` (a dataclass of this package) as JSON in UTF-8.

    Raises:
        UnicodeEncodeError: A text in it holds half a surrogate pair.
    """
    return _ENCODER.encode(value)


def decode(kind: type[T], data: bytes) -> T:
    """Decode ``data`` to an object of type ``kind``.

    Raises:
        StructureError: The data has another structure; artefacts carry their stage's version in their key, so this
            means damage, not age.
    """
    try:
        result: T = _decoder(cast("Hashable", kind)).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StructureError(str(error)) from error
    return result


def as_json(value: Any) -> Any:
    """Return ``value`` as plain dicts, lists, strings and numbers, ready for ``json.dumps``.

    Half a surrogate pair stays as it is: a key of an event may hold one, and ``json.dumps`` writes it escaped.
    """
    try:
        return msgspec.json.decode(encode(value))
    except UnicodeEncodeError:
        return msgspec.to_builtins(value, str_keys=True)


def decode_object(kind: type[T], value: Any) -> T:
    """Build an object of type ``kind`` from plain dicts and lists; the inverse of ``as_json``.

    Raises:
        StructureError: The value has another structure.
    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.MsgspecError as error:
        raise StructureError(str(error)) from error
