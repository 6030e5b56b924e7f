"""Originals of the inbox for the HTTP interface: read-only, and only the version that was processed."""

from schemas.errors import ObjectChangedError
from search.http.ports import Original
from workers.storage.protocol import ObjectStore


class InboxOriginals:
    """Streams originals from the inbox; makes no copy, so that none is left if a reader disconnects."""

    def __init__(self, inbox: ObjectStore) -> None:
        self._inbox = inbox

    def open(self, key: str, *, etag: str) -> Original | None:
        """See ``search.http.ports.Originals``."""
        found = self._inbox.stream(key)
        if found is None:
            return None
        if found.info.etag != etag:
            found.chunks.close()
            raise ObjectChangedError(f"{key} was overwritten and is being read again; try again in a moment")
        return Original(found.info.size, found.chunks)

    def describe(self) -> str:
        """See ``search.http.ports.Originals``."""
        return self._inbox.describe()
