"""What the HTTP interface needs besides the index; whoever starts it hands in something that fits."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from schemas.access import AccessKey
from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from schemas.events import ObjectEvent
from schemas.office.annual_report import AnnualReport
from schemas.office.units import Unit
from schemas.records import DocumentRecord
from schemas.searches import Match, SavedSearch
from search.http.bounds import Bounds
from search.protocol import Index


@dataclass(frozen=True, slots=True)
class Original:
    """An original on its way out: ``size`` bytes in ``chunks``, which must be read to the end or closed."""

    size: int
    chunks: Iterator[bytes]


class Originals(Protocol):
    """The inbox, read only."""

    def open(self, key: str, *, etag: str) -> Original | None:
        """Return the object at ``key``, or None if it is gone.

        Args:
            key: Object key.
            etag: Of the version that was judged fit to be shown.

        Raises:
            ObjectChangedError: The object was overwritten since; the new version has not been judged yet.
            DependencyError: The object store does not answer.
        """
        ...

    def describe(self) -> str:
        """Return kind and address in one line, having reached the store.

        Raises:
            DependencyError: The object store does not answer.
        """
        ...


class EventSink(Protocol):
    """Where received bucket events go."""

    def send(self, events: list[ObjectEvent]) -> None:
        """Hand the events over; they are safe when this returns.

        Raises:
            DependencyError: The broker does not answer.
        """
        ...

    def describe(self) -> str:
        """Return kind and address in one line, having reached the broker.

        Raises:
            DependencyError: The broker does not answer.
        """
        ...


class Keys(Protocol):
    """Access keys, read only."""

    def find(self, identifier: str) -> AccessKey | None:
        """Return what is kept of the key with this identifier, or None where there is none or it was revoked.

        Raises:
            DependencyError: The place where keys are kept does not answer.
        """
        ...


class Sessions(Protocol):
    """Browsers that are signed in; every method may raise ``DependencyError``."""

    def begin(self, key: str) -> str:
        """Begin a session for the key with this identifier, and return its token."""
        ...

    def find(self, token: str) -> str | None:
        """Return the identifier of the key a token stands for, or None where it is none, or over."""
        ...

    def end(self, token: str) -> None:
        """End a session."""
        ...


Details = Callable[[DocumentRecord], Normalized | None]
"""Returns the normalize artefact of a document, or None where it is not kept any more."""


Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Office:
    """How the disclosure office's pages read more than the index holds.

    Attributes:
        report: The annual report a document is, None where it is none or its artefact is not kept any more.
        read_report: The annual report a file is that was sent to be looked at, by its name; raises ``DocumentError``.
        read_tables: The tables of such a file, row by row; raises ``DocumentError``.
        units: Who has to report, as far as that is listed.
        holidays: File of days off of years the calendar does not know; empty for none.
    """

    report: Callable[[DocumentRecord], AnnualReport | None] = lambda record: None
    read_report: Callable[[Path, str], AnnualReport | None] | None = None
    read_tables: Callable[[Path, str], list[Rows]] | None = None
    units: Callable[[], Sequence[Unit]] = tuple
    holidays: str = ""


@dataclass(frozen=True, slots=True)
class Artefacts:
    """Ways to what the other stages made of a document; each returns None where it is not kept any more.

    ``office`` reads what the disclosure office works with.
    """

    converted: Callable[[DocumentRecord], Converted | None] = lambda record: None
    extracted: Callable[[DocumentRecord], Extracted | None] = lambda record: None
    office: Office = Office()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file on its way in: the key it is to have, and where its content lies until the request ends."""

    key: str
    path: Path


@dataclass(frozen=True, slots=True)
class Uploaded:
    """One object that arrived in the inbox.

    Attributes:
        key: Object key.
        etag: Of the version that arrived.
        size: In bytes.
        at: When it had arrived, seconds since 1970.
    """

    key: str
    etag: str
    size: int
    at: float


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One file the inbox has no place for, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The request that brings files: its trace, and when it began, seconds since 1970."""

    trace: str
    at: float


class Uploads(Protocol):
    """The way into the inbox, and what came in by it."""

    def take(self, files: Sequence[Incoming], *, batch: str, owner: str, origin: Origin) -> list[Uploaded | NotTaken]:
        """Store the files, note them under ``batch`` and have them worked on; their records tell of ``origin``.

        Raises:
            DependencyError: A server does not answer; what was stored by then is found by the next sweep.
        """
        ...

    def batch(self, batch: str, *, owner: str) -> list[Uploaded]:
        """Return what came in under ``batch`` by this owner; nothing where there is no such batch.

        Raises:
            DependencyError: The place where batches are noted does not answer.
        """
        ...

    def etag(self, key: str) -> str | None:
        """Return the ETag of the object as it is now, or None if it is gone.

        Raises:
            DependencyError: The object store does not answer.
        """
        ...


class SavedSearches(Protocol):
    """Searches that tell their owner of new sections; every method may raise ``DependencyError``."""

    def all(self) -> list[SavedSearch]:
        """Return every saved search, oldest first."""
        ...

    def find(self, identifier: str) -> SavedSearch | None:
        """Return one, or None."""
        ...

    def keep(self, search: SavedSearch) -> None:
        """Keep a new one, or a changed one in place of what it was."""
        ...

    def forget(self, identifier: str) -> None:
        """Remove one, with all that was found for it."""
        ...

    def recent(self, identifier: str) -> list[Match]:
        """Return what was found for it lately, newest first."""
        ...


class Retries(Protocol):
    """The way of a document back to the queues."""

    def retry(self, identifier: str, *, from_failed_stage: bool, who: str) -> bool:
        """Have a document processed again; False where it is left alone: it is being worked on, or gone.

        ``who`` asks is written down.

        Raises:
            DependencyError: A server does not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    Attributes:
        keys: Where keys are kept; without one none is valid.
        sessions: Where browsers sign in; without one none can.
        open_reading: Whether reading needs no key.
        public_url: Address people reach this service under, without a slash at its end; empty takes what they asked.
        upload_bytes: The most one upload request may hold.
        serve_unread: Whether originals are served of which a part could not be read, and so not judged.
        hosts: Names it is reached under beside that of ``public_url``.
        bounds: What one caller may ask for.
    """

    keys: Keys | None = None
    sessions: Sessions | None = None
    open_reading: bool = True
    public_url: str = ""
    upload_bytes: int = 500_000_000
    serve_unread: bool = False
    hosts: tuple[str, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class Writing:
    """What may be written; None is not offered."""

    uploads: Uploads | None = None
    searches: SavedSearches | None = None
    retries: Retries | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a request may use."""

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
        """How files and artefacts of the disclosure office are read."""
        return self.artefacts.office
