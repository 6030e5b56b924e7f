"""Messages between the worker, its fork server and the children, over Unix sockets that preserve message boundaries.

The worker sends the fork server one ``Start``, then a ``Request`` per document with two descriptors: the answer socket
and the pipe for the child's printed output. The answer socket carries ``STARTED`` and, for scans, ``PROGRESS`` from the
server, ``RESULT`` parts or one ``ERROR`` from the child, and last, when the child and all it started are gone,
``ENDED`` from the server.

A shared child sends ``DONE`` after its result and waits: a ``Request`` that names it brings its next document, by the
same two descriptors, ``RELEASE`` with its process id its end.
"""

import json
import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MESSAGE_BYTES = 65_536
START_BYTES = 1 << 20  # long lists of passwords

STARTED, RESULT, ERROR, ENDED, PROGRESS, DONE = b"S", b"R", b"E", b"X", b"P", b"D"
RELEASE = b"release "
READY = b"ready"  # the server's first message, once its readers are imported
SCAN_FOUND = "scan found"
GOODBYE = b"goodbye"  # the worker's last message; without it, the server removes the worker's folder


class Stop(StrEnum):
    """Why the fork server killed a child."""

    WALL = "wall_seconds"
    WRITTEN = "written_bytes"
    MEMORY = "memory_bytes"
    PROCESSES = "processes"


@dataclass(frozen=True, slots=True)
class Start:
    """Configuration of the fork server.

    Attributes:
        owner: Process id of the worker; the fork server ends with it.
        folder: The worker's folder; the fork server removes it if the worker could not.
        limits: Fields of ``schemas.limits.Limits``.
        passwords: Tried on encrypted documents.
        preload: Formats whose readers are imported before the first document.
    """

    owner: int
    folder: str
    limits: dict[str, Any]
    passwords: tuple[str, ...]
    preload: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One document.

    Attributes:
        path: Absolute.
        hint: Suffix of its name.
        workdir: An empty folder of its own.
        scans: Whether pages may be recognised.
        ocr_engine: Which one recognises them; empty for the default.
        page: 1-based page to be drawn; 0 to convert the document.
        secrets: Fields of each ``schemas.drawings.Secret`` of that page; None where nothing in the document is masked.
        warm: Formats whose readers the server imports after forking this child.
        shared: The folders of the documents and of the workdirs of a child that may take more than one; else empty.
        child: Process id of the shared child that takes this document; 0 for a new child.
    """

    path: str
    hint: str
    workdir: str
    scans: bool = True
    ocr_engine: str = ""
    page: int = 0
    secrets: tuple[tuple[str, int, int, int], ...] | None = None
    warm: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    child: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that the child caught and reports.

    Attributes:
        category: Of a ``DocumentError``; ``crash`` for an unexpected error; ``SCAN_FOUND``.
        message: For the outcome.
        page: Where reading stopped, if known.
        said: The message as a sentence with its code, as plain dicts; None if it has none.
    """

    category: str
    message: str
    page: int | None = None
    said: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """Progress of a child that works page by page.

    Attributes:
        page: The current page, from 1.
        pages: Number of pages.
    """

    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ChildEnd:
    """How a child ended.

    Attributes:
        code: Exit status, or the number of the signal that killed it, negative.
        stop: Why the server killed it, if it did.
        cpu_seconds: User and system, with all programs it waited for.
        peak_bytes: Largest resident size.
    """

    code: int
    stop: str | None
    cpu_seconds: float
    peak_bytes: int


_encode = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes one per call, on pages to be copied


def pack(message: Start | Request | Failure | Reached | ChildEnd, *, kind: bytes = b"") -> bytes:
    """Return a message as bytes."""
    fields = {name: getattr(message, name) for name in message.__slots__}
    return kind + _encode(fields).encode("utf-8", "surrogateescape")


def unpack(data: bytes) -> dict[str, Any]:
    """Return the fields of a packed message (without its kind)."""
    fields: dict[str, Any] = json.loads(data.decode("utf-8", "surrogateescape"))
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def send_result(answer: socket.socket, data: bytes) -> None:
    """Send a result in parts."""
    view = memoryview(data)
    for start in range(0, len(view), MESSAGE_BYTES):
        answer.sendmsg((RESULT, view[start : start + MESSAGE_BYTES]))
