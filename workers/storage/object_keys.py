"""Which keys may name an object: one rule for every store, so that a bucket can move from one to another.

A key that breaks the rule names no object: reading it finds nothing, listing skips it with a warning, and writing it
raises ``KeyRefusedError``.
"""

import re
from urllib.parse import urlsplit

from schemas.errors import GongkaiError
from schemas.litter import is_litter

KEY_BYTES = 4096
COMPONENT_BYTES = 255  # longest component in file systems and in object stores built on them

# Prefix of the objects a check of the store writes and removes again; never documents.
RESERVED = ".gongkai-check"

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class KeyRefusedError(GongkaiError):
    """The key cannot name an object; the message says why, and the object must be renamed."""


class ObstructedError(KeyRefusedError):
    """An object is where a folder of the key would be, or a folder where the object would."""

    def __init__(self, key: str, obstacle: str) -> None:
        super().__init__(f"object key {key!r}: {obstacle!r} is in its way; rename one of them")


def objection(key: str, *, longest: int = KEY_BYTES) -> str | None:
    """Return why ``key`` cannot name an object, or None if it can.

    Args:
        key: Without the bucket.
        longest: Longest key the store accepts, in bytes.
    """
    try:
        encoded = key.encode()
    except UnicodeEncodeError:
        return "is not valid UTF-8"
    if len(encoded) > longest:
        return f"is longer than {longest} bytes"
    if key.isspace():
        return "is nothing but white space"
    if _CONTROL.search(key):
        return "contains a control character"
    if key.partition("/")[0] == RESERVED:
        return "is reserved for checks of the store"
    for component in encoded.split(b"/"):
        if component in {b"", b".", b".."}:
            return f"has a component {component.decode()!r}"
        if len(component) > COMPONENT_BYTES:
            return f"has a component longer than {COMPONENT_BYTES} bytes"
    return "names what a system or an open program leaves behind, no document" if is_litter(key) else None


def holder(prefix: str, *, longest: int = KEY_BYTES) -> str | None:
    """Return the prefix to request in order to see every key that begins with ``prefix``; None if no key can.

    MinIO answers 400 to a prefix with a component that no key can have. It also refuses a last component that is only
    the beginning of a valid one (``.`` of ``.well-known``): then the prefix above it must be requested.
    """
    if objection(prefix, longest=longest) and objection(f"{prefix}x", longest=longest):
        return None
    above, slash, last = prefix.rpartition("/")
    return above + slash if last.strip() in {".", ".."} else prefix


def bucket_of(url: str) -> str:
    """Return the name of the bucket at ``url``; empty for a folder, which is its own only bucket."""
    parts = urlsplit(url)
    return "" if parts.scheme == "file" else parts.path.strip("/")


def accept(key: str, *, longest: int = KEY_BYTES) -> None:
    """Raise ``KeyRefusedError`` if ``key`` cannot name an object."""
    reason = objection(key, longest=longest)
    if reason:
        shown = ascii(key if len(key) <= 200 else key[:200] + "…")
        raise KeyRefusedError(f"object key {shown} {reason}; rename it")
