"""Encode and decode every dataclass that crosses a process or a disk.

Pydantic validates the data when decoding.
"""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def encode(value: Any) -> bytes:
    """Return ``value`` (a dataclass of this package) as JSON in UTF-8."""
    return _adapter(type(value)).dump_json(value)


def decode(kind: type[T], data: bytes) -> T:
    """Decode ``data`` to an object of type ``kind``.

    Raises:
        pydantic.ValidationError: The data has another structure; artefacts carry their stage's version in their key, so
            this means damage, not age.
    """
    result: T = _adapter(kind).validate_json(data)
    return result


def as_json(value: Any) -> Any:
    """Return ``value`` as plain dicts, lists, strings and numbers, ready for ``json.dumps``."""
    return _adapter(type(value)).dump_python(value, mode="json")


def decode_object(kind: type[T], value: Any) -> T:
    """Build an object of type ``kind`` from plain dicts and lists; the inverse of ``as_json``.

    Raises:
        pydantic.ValidationError: The value has another structure.
    """
    result: T = _adapter(kind).validate_python(value)
    return result
