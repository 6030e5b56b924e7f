"""The inbox as the HTTP interface sees it: originals, read only, and only in the version that was judged."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from schemas.errors import ObjectChangedError
from search.http.ports import Original
from workers.storage.protocol import ObjectStore

CHUNK = 1 << 18


class InboxOriginals:
    """Originals out of the inbox."""

    def __init__(self, inbox: ObjectStore) -> None:
        self._inbox = inbox

    def open(self, key: str, *, etag: str) -> Original | None:
        """See ``search.http.ports.Originals``."""
        folder = tempfile.TemporaryDirectory(prefix="gongkai-original-")
        path = Path(folder.name) / "object"
        fetched = self._inbox.fetch(key, path)
        if fetched is None:
            folder.cleanup()
            return None
        if fetched.etag != etag:
            folder.cleanup()
            raise ObjectChangedError(f"{key} was overwritten and is being read again; try again in a moment")
        return Original(fetched.size, _chunks(path, folder))

    def describe(self) -> str:
        """See ``search.http.ports.Originals``."""
        return self._inbox.describe()


def _chunks(path: Path, folder: "tempfile.TemporaryDirectory[str]") -> Iterator[bytes]:
    with folder, path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
