"""What the HTTP interface needs besides the index; whoever starts it hands in something that fits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from schemas.articles import Extracted
from schemas.blocks import Converted
from schemas.cleaned import Normalized
from schemas.events import ObjectEvent
from schemas.records import DocumentRecord
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


Details = Callable[[DocumentRecord], Normalized | None]
"""Returns the normalize artefact of a document, or None where it is not kept any more."""


@dataclass(frozen=True, slots=True)
class Artefacts:
    """Ways to what the other stages made of a document; each returns None where it is not kept any more."""

    converted: Callable[[DocumentRecord], Converted | None] = lambda record: None
    extracted: Callable[[DocumentRecord], Extracted | None] = lambda record: None


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a request may use."""

    index: Index
    objects: Originals
    events: EventSink
    event_token: str
    details: Details
    artefacts: Artefacts = Artefacts()
