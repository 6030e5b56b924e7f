"""The inbox as the HTTP interface sees it: originals, read only, and only in the version that was judged."""

from schemas.errors import ObjectChangedError
from search.http.ports import Original
from workers.storage.protocol import ObjectStore


class InboxOriginals:
    """Originals out of the inbox, streamed: no copy of them is made here, and none is left where a reader goes away."""

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
