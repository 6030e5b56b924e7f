"""Saved searches: what they are, and what was found for them since."""

from dataclasses import dataclass

from schemas.queries import Query


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is run on whatever is newly indexed.

    Attributes:
        id: 32 hexadecimal digits.
        name: As its owner wrote it.
        owner: Identifier of the key it was made with.
        query: What is searched; page and order are left aside.
        webhook: Address matches are posted to; None for one that is only read as a feed.
        secret: What its webhook's messages are signed with, as Standard Webhooks writes it (``whsec_…``).
        created_at: Seconds since 1970; sections that were indexed before are not new.
        former_secret: The secret before this one, which signs beside it for a while; empty where there is none.
        former_until: Until when, seconds since 1970.
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
        """Return the secrets that still sign beside the newest one at this moment."""
        return (self.former_secret,) if self.former_secret and moment < self.former_until else ()


@dataclass(frozen=True, slots=True)
class Match:
    """A new section that a saved search found; fields are those of ``SectionRow``.

    Attributes:
        mark: Identifies the section by its document and its text, so that the same section is never told of twice.
        text: A stretch of it around what was found.
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
    """Matches on their way to a webhook.

    Attributes:
        id: The same whenever the same matches are sent, so that a receiver can tell a repetition.
        search: Identifier of the saved search.
        matches: At least one.
        attempt: How often it was tried.
        due_at: When to try next, seconds since 1970.
    """

    id: str
    search: str
    matches: tuple[Match, ...]
    attempt: int = 0
    due_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Recent:
    """What a saved search found lately, newest first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class FoundBefore:
    """Marks of the sections of one document that a saved search was told of."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far the saved searches have looked.

    Attributes:
        at: ``DocumentRecord.indexed_at`` of the newest record looked at, less the time clocks may differ by.
        seen: Of the records since then, those looked at: identifier and ``indexed_at``.
    """

    at: float
    seen: dict[str, float]
