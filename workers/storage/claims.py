"""Checks that a new key fits its bucket: in every store, no object may lie below another.

A file system enforces that by itself. An S3 server may accept ``a/b`` beside an object ``a`` and then list only one of
them (MinIO); the other is stored but never listed.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from workers.storage.object_keys import ObstructedError
from workers.storage.protocol import ObjectStore

# With at least this many keys in a folder, one request to see whether it is empty saves one request per key.
CROWD = 3


class Claims:
    """The keys of one upload, each checked before it is stored. Thread-safe."""

    def __init__(self, store: ObjectStore, keys: Collection[str] = ()) -> None:
        """Find the folders that are still empty; call it before anything is stored.

        Args:
            store: The destination.
            keys: The keys to be claimed, as far as known; they allow one request to serve a whole new folder.

        Raises:
            DependencyError: The store does not answer.
        """
        self._store = store
        self._lock = threading.Lock()
        self._claimed: set[str] = set()
        self._folders: defaultdict[str, set[str]] = defaultdict(set)  # folder → claimed keys below it
        self._free: set[str] = set()
        self._empty = _find_empty(store, keys)

    def claim(self, key: str) -> None:
        """Claim a key for this upload.

        Raises:
            ObstructedError: An object is where its folder would be, or the reverse.
            DependencyError: The store does not answer.
        """
        above = tuple(folders_of(key))
        empty = next((folder for folder in above if folder in self._empty), None)
        # Every key below a folder that was empty was claimed here.
        stored = above if empty is None else above[: above.index(empty) + 1]
        with self._lock:
            self._claim_here(key, above)
            ask = [folder for folder in stored if folder not in self._free]
        if empty is not None and not ask:
            return
        if obstacle := self._store.obstacle(key, ask):
            with self._lock:
                self._claimed.discard(key)
                for folder in above:
                    self._folders[folder].discard(key)
            raise ObstructedError(key, obstacle)
        with self._lock:
            self._free.update(ask)

    def _claim_here(self, key: str, above: tuple[str, ...]) -> None:
        if obstacle := next((folder for folder in above if folder in self._claimed), None):
            raise ObstructedError(key, obstacle)
        if below := self._folders.get(key):
            raise ObstructedError(key, min(below))
        self._claimed.add(key)
        for folder in above:
            self._folders[folder].add(key)


def _find_empty(store: ObjectStore, keys: Collection[str]) -> set[str]:
    """Return the topmost empty folders among those shared by at least ``CROWD`` keys."""
    crowds = Counter(folder for key in keys for folder in folders_of(key))
    empty: set[str] = set()
    for folder in sorted(folder for folder, count in crowds.items() if count >= CROWD):
        if empty.isdisjoint(folders_of(folder)) and next(iter(store.list(f"{folder}/")), None) is None:
            empty.add(folder)
    return empty


def folders_of(key: str) -> Iterator[str]:
    """Yield the folders that contain a key, topmost first, without a trailing slash."""
    place = key.find("/")
    while place != -1:
        yield key[:place]
        place = key.find("/", place + 1)
