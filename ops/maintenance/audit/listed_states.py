"""The numbers of an audit whose keys can be listed; apart from the audit, since every command names them."""

from enum import StrEnum


class Listed(StrEnum):
    """The numbers of an audit whose keys can be listed."""

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
