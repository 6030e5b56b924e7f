"""The ports of the HTTP application besides the index; ``ops.adapters`` implements them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from schemas.access import AccessKey
from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from schemas.drawings import DrawnPage
from schemas.events import ObjectEvent
from schemas.records import DocumentRecord
from schemas.searches import Attempt, Match, SavedSearch
from search.http.bounds import Bounds
from search.http.office_ports import Office
from search.protocol import Index


@dataclass(frozen=True, slots=True)
class Original:
    """An original to send: ``size`` bytes in ``chunks``, which must be read to the end or closed."""

    size: int
    chunks: Iterator[bytes]


class Originals(Protocol):
    """The inbox, read only."""

    def open(self, key: str, *, etag: str) -> Original | None:
        """Return the object at ``key``, or None if it is gone.

        Args:
            key: Object key.
            etag: ETag of the version that was approved to be shown.

        Raises:
            ObjectChangedError: The object was overwritten since; the new version has not been checked yet.
            DependencyError: The object store does not answer.
        """
        ...

    def describe(self) -> str:
        """Return kind and address in one line; this contacts the store.

        Raises:
            DependencyError: The object store does not answer.
        """
        ...


class EventSink(Protocol):
    """The sink of received bucket events."""

    def send(self, events: list[ObjectEvent]) -> None:
        """Send the events to the broker; they are durable when this returns.

        Raises:
            DependencyError: The broker does not answer.
        """
        ...

    def describe(self) -> str:
        """Return kind and address in one line; this contacts the broker.

        Raises:
            DependencyError: The broker does not answer.
        """
        ...


class Keys(Protocol):
    """Access keys, read only."""

    def find(self, identifier: str) -> AccessKey | None:
        """Return the record of the key with this identifier, or None if it is unknown or revoked.

        Raises:
            DependencyError: The key store does not answer.
        """
        ...


class Sessions(Protocol):
    """Sessions of signed-in browsers; every method may raise ``DependencyError``."""

    def begin(self, key: str) -> str:
        """Begin a session for the key with this identifier, and return its token."""
        ...

    def find(self, token: str) -> str | None:
        """Return the identifier of the key behind a token, or None if the session is unknown or expired."""
        ...

    def end(self, token: str) -> None:
        """End a session."""
        ...


Details = Callable[[DocumentRecord], Normalized | None]
"""Loads the normalize artefact of a document, or None if it is no longer stored."""


Drawn = Callable[[DocumentRecord, int], DrawnPage | None]
"""Draws a page, counted from 1, of a document's original; None if originals of its format or content are not drawn.

Raises ``DocumentError`` if this page cannot be drawn, ``BusyError`` if too many are being drawn, and otherwise what
``Originals.open`` raises.
"""


@dataclass(frozen=True, slots=True)
class Artefacts:
    """Loaders of the artefacts of the other stages, None if no longer stored; ``office`` reads for the office.

    ``drawn`` is the picture of a page of the original.
    """

    converted: Callable[[DocumentRecord], Converted | None] = lambda record: None
    extracted: Callable[[DocumentRecord], Extracted | None] = lambda record: None
    office: Office = field(default_factory=Office)
    drawn: Drawn = lambda record, page: None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file of an upload: its future key, and the path of its content until the request ends."""

    key: str
    path: Path


@dataclass(frozen=True, slots=True)
class Uploaded:
    """One object that arrived in the inbox.

    Attributes:
        key: Object key.
        etag: ETag of the version that arrived.
        size: In bytes.
        at: When it had arrived, seconds since 1970.
    """

    key: str
    etag: str
    size: int
    at: float


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One file that the inbox refused, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The request of an upload: its trace, and its start in seconds since 1970."""

    trace: str
    at: float


class Uploads(Protocol):
    """Uploads into the inbox, and their batches."""

    def take(self, files: Sequence[Incoming], *, batch: str, owner: str, origin: Origin) -> list[Uploaded | NotTaken]:
        """Store the files, record them under ``batch`` and queue them; their records refer to ``origin``.

        Raises:
            DependencyError: A server does not answer; files stored by then are found by the next sweep.
        """
        ...

    def batch(self, batch: str, *, owner: str) -> list[Uploaded]:
        """Return the files of the owner's ``batch``; empty if there is no such batch.

        Raises:
            DependencyError: The store of batches does not answer.
        """
        ...

    def etag(self, key: str) -> str | None:
        """Return the current ETag of the object, or None if it is gone.

        Raises:
            DependencyError: The object store does not answer.
        """
        ...


class SavedSearches(Protocol):
    """Searches that notify their owner of new sections; every method may raise ``DependencyError``."""

    def all(self) -> list[SavedSearch]:
        """Return every saved search, oldest first."""
        ...

    def find(self, identifier: str) -> SavedSearch | None:
        """Return one, or None."""
        ...

    def keep(self, search: SavedSearch) -> None:
        """Store a new search, or replace a changed one."""
        ...

    def forget(self, identifier: str) -> None:
        """Delete one, with all its matches."""
        ...

    def recent(self, identifier: str) -> list[Match]:
        """Return its recent matches, newest first."""
        ...

    def attempts(self, identifier: str) -> list[Attempt]:
        """Return the last attempts to deliver its messages, newest first."""
        ...


class Retries(Protocol):
    """Queueing a document again."""

    def retry(self, identifier: str, *, from_failed_stage: bool, who: str) -> bool:
        """Queue a document for processing; return False if it is in progress or gone.

        ``who`` is recorded in the audit log.

        Raises:
            DependencyError: A server does not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class Access:
    """The access rules.

    Attributes:
        keys: The key store; without one no key is valid.
        sessions: The session store; without one no browser can sign in.
        open_reading: Whether reading needs no key.
        public_url: Public address of this service, without a trailing slash; empty takes the address of the request.
        upload_bytes: Maximum size of one upload request.
        serve_unread: Whether originals are served if a part could not be read, and so not checked.
        hosts: Host names of this service beside that of ``public_url``.
        bounds: The limits of one caller.
    """

    keys: Keys | None = None
    sessions: Sessions | None = None
    open_reading: bool = True
    public_url: str = ""
    upload_bytes: int = 500_000_000
    serve_unread: bool = False
    hosts: tuple[str, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)


WebhookRefusal = Callable[[str], str | None]
"""Says why messages would never be posted to an address, by the judgement of their delivery; None if they would be."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The services that write; one that is None is not offered."""

    uploads: Uploads | None = None
    searches: SavedSearches | None = None
    retries: Retries | None = None
    webhook_refusal: WebhookRefusal = lambda url: None


@dataclass(frozen=True, slots=True)
class Services:
    """All services of a request."""

    index: Index
    objects: Originals
    events: EventSink
    event_token: str
    details: Details
    artefacts: Artefacts = Artefacts()
    access: Access = Access()
    writing: Writing = Writing()

    @property
    def office(self) -> Office:
        """The readers of the disclosure office's files and artefacts."""
        return self.artefacts.office
