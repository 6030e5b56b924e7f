"""What people took away on purpose, so that a restore of an older backup does not bring it back by itself."""

from schemas.records import document_id
from workers.storage.protocol import ObjectStore

PLACE = "removed/"


def note_removal(store: ObjectStore, key: str) -> None:
    """Write down that an object is to be removed for good; call it before the removal.

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
    """Return what a document of the inbox that was purged is noted under; not its name."""
    return f"inbox/{document_id(key)}"
