"""Marks of objects removed on purpose, so that restoring an older backup does not bring them back."""

from schemas.records import document_id
from workers.storage.protocol import ObjectStore

PLACE = "removed/"


def note_removal(store: ObjectStore, key: str) -> None:
    """Mark an object as removed for good; call it before the removal.

    Raises:
        DependencyError: The store does not answer.
    """
    store.write(PLACE + key, b"", content_type="text/plain")


def was_removed(store: ObjectStore, key: str) -> bool:
    """Return whether an object was removed on purpose.

    Raises:
        DependencyError: The store does not answer.
    """
    return store.stat(PLACE + key) is not None


def purge_mark(key: str) -> str:
    """Return the mark of a purged document; it does not reveal the document's name."""
    return f"inbox/{document_id(key)}"
