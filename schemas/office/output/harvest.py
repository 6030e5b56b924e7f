"""A request of OAI-PMH 2.0, and what is answered."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.records import DocumentRecord


class Verb(StrEnum):
    """The six requests of the protocol (section 4)."""

    IDENTIFY = "Identify"
    FORMATS = "ListMetadataFormats"
    SETS = "ListSets"
    IDENTIFIERS = "ListIdentifiers"
    RECORDS = "ListRecords"
    RECORD = "GetRecord"


class HarvestError(Exception):
    """A request that is answered with an error of the protocol (section 3.6).

    Attributes:
        code: ``badArgument``, ``idDoesNotExist`` …
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a list that is asked for.

    Attributes:
        since: Seconds since 1970, whole; the records from then on.
        until: Seconds since 1970, whole, that second included; None without end.
        after: ``indexed_at`` of the last record that was sent; None at the start of a list.
        sent: Identifiers of the records of exactly that moment that were sent.
        cursor: How many records were sent.
    """

    since: int = 0
    until: int | None = None
    after: float | None = None
    sent: tuple[str, ...] = ()
    cursor: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of a list, and where it goes on; ``rest`` is None at its end."""

    records: tuple[DocumentRecord, ...]
    rest: Span | None
