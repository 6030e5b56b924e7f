"""Saved searches and their matches."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.queries import Query


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that runs on all newly indexed documents.

    Attributes:
        id: 32 hexadecimal digits.
        name: Name given by its owner.
        owner: Identifier of the key that created it.
        query: The query; page and order are ignored.
        webhook: URL that matches are posted to; None if it is only read as a feed.
        secret: Secret that signs the webhook's messages, in the form of Standard Webhooks (``whsec_…``).
        created_at: Seconds since 1970; sections indexed before are not new.
        former_secret: The previous secret, which also signs until ``former_until``; empty if there is none.
        former_until: End of the previous secret, seconds since 1970.
    """

    id: str
    name: str
    owner: str
    query: Query
    webhook: str | None
    secret: str
    created_at: float
    former_secret: str = ""
    former_until: float = 0.0

    def former_secrets(self, moment: float) -> tuple[str, ...]:
        """Return the previous secrets that still sign at this moment."""
        return (self.former_secret,) if self.former_secret and moment < self.former_until else ()


@dataclass(frozen=True, slots=True)
class Match:
    """A new section that matches a saved search; fields are those of ``SectionRow``.

    Attributes:
        mark: Identifier of the section by its document and text, so that the owner is notified of it only once.
        text: A snippet around the match.
        found_at: Seconds since 1970.
    """

    mark: str
    document_id: str
    article: int
    ordinal: int
    key: str
    title: str
    issuer: str | None
    document_number: str | None
    path: tuple[str, ...]
    text: str
    found_at: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message with matches to send to a webhook.

    Attributes:
        id: The same for every repetition, so that a receiver can recognise one.
        search: Identifier of the saved search.
        matches: The matches, at least one.
        attempt: Number of attempts so far.
        due_at: Time of the next attempt, seconds since 1970.
    """

    id: str
    search: str
    matches: tuple[Match, ...]
    attempt: int = 0
    due_at: float = 0.0


class DeliveryState(StrEnum):
    """What became of one attempt to deliver a message."""

    DELIVERED = "delivered"
    PUT_OFF = "put off"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to deliver a message to a webhook; it names no document.

    Attributes:
        at: Seconds since 1970.
        state: Its outcome.
        sections: Number of sections in the message.
        number: 1 for the first attempt.
        reason: Why it did not arrive; empty if it did.
        due_at: Time of the next attempt, seconds since 1970; 0 if there is none.
    """

    at: float
    state: DeliveryState
    sections: int
    number: int
    reason: str = ""
    due_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Attempts:
    """The last attempts for a saved search, newest first."""

    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Recent:
    """The recent matches of a saved search, newest first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class FoundBefore:
    """Marks of the sections of one document that a saved search has already reported."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watermark:
    """The position up to which the saved searches have processed the index.

    Attributes:
        at: ``DocumentRecord.indexed_at`` of the newest processed record, minus the tolerance for clock differences.
        seen: Processed records since then: identifier and ``indexed_at``.
    """

    at: float
    seen: dict[str, float]
