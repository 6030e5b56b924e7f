"""The counts of an audit whose keys can be listed; a module of its own, since every command start imports it."""

from enum import StrEnum


class Listed(StrEnum):
    """A count of an audit whose keys can be listed."""

    INDEXED = "indexed"
    PARTIAL = "partial"
    HELD = "held"
    FAILED = "failed"
    REMOVED = "removed"
    IN_FLIGHT = "in-flight"
    MISSING = "missing"
    STALE = "stale"
    UNLISTED = "unlisted"
    UNREAD = "unread"
