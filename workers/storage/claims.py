"""Whether a key can be beside the others of its bucket: no object lies below another, in no store.

A file system refuses that by itself. An S3 server may take ``a/b`` beside an object ``a`` and then list only one of the
two (MinIO), so that the other is stored, and found by nobody who does not know of it.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator

from workers.storage.keys import ObstructedError
from workers.storage.protocol import ObjectStore


class Claims:
    """The keys of one upload; each is looked at before it is stored. Any thread may ask."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._claimed: set[str] = set()
        self._folders: defaultdict[str, set[str]] = defaultdict(set)  # of the keys claimed, each with what lies in it
        self._free: set[str] = set()

    def claim(self, key: str) -> None:
        """Claim a key for this upload.

        Raises:
            ObstructedError: An object is where its folder would be, or the reverse.
            DependencyError: The store does not answer.
        """
        above = tuple(folders_of(key))
        with self._lock:
            if obstacle := next((folder for folder in above if folder in self._claimed), None):
                raise ObstructedError(key, obstacle)
            if below := self._folders.get(key):
                raise ObstructedError(key, min(below))
            self._claimed.add(key)
            for folder in above:
                self._folders[folder].add(key)
            ask = [folder for folder in above if folder not in self._free]
        if obstacle := self._store.obstacle(key, ask):
            with self._lock:
                self._claimed.discard(key)
                for folder in above:
                    self._folders[folder].discard(key)
            raise ObstructedError(key, obstacle)
        with self._lock:
            self._free.update(ask)


def folders_of(key: str) -> Iterator[str]:
    """Yield the folders a key lies in, the topmost first, without their last slash."""
    place = key.find("/")
    while place != -1:
        yield key[:place]
        place = key.find("/", place + 1)
