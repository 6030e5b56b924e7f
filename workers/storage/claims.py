"""Whether a key can be beside the others of its bucket: no object lies below another, in no store.

A file system refuses that by itself. An S3 server may take ``a/b`` beside an object ``a`` and then list only one of the
two (MinIO), so that the other is stored, and found by nobody who does not know of it.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from workers.storage.keys import ObstructedError
from workers.storage.protocol import ObjectStore

# From so many keys on it is worth a request to look whether their folder is empty: then nothing lies below any of them.
CROWD = 3


class Claims:
    """The keys of one upload; each is looked at before it is stored. Any thread may ask."""

    def __init__(self, store: ObjectStore, keys: Collection[str] = ()) -> None:
        """Look which folders are empty as yet, before anything is stored.

        Args:
            store: Where to.
            keys: Those that will be claimed, as far as they are known; with them one request serves a new folder.

        Raises:
            DependencyError: The store does not answer.
        """
        self._store = store
        self._lock = threading.Lock()
        self._claimed: set[str] = set()
        self._folders: defaultdict[str, set[str]] = defaultdict(set)  # of the keys claimed, each with what lies in it
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
        # Whatever lies below an empty folder was claimed here.
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
    """Return the topmost folders of many of these keys that hold nothing."""
    crowds = Counter(folder for key in keys for folder in folders_of(key))
    empty: set[str] = set()
    for folder in sorted(folder for folder, count in crowds.items() if count >= CROWD):
        if empty.isdisjoint(folders_of(folder)) and next(iter(store.list(f"{folder}/")), None) is None:
            empty.add(folder)
    return empty


def folders_of(key: str) -> Iterator[str]:
    """Yield the folders a key lies in, the topmost first, without their last slash."""
    place = key.find("/")
    while place != -1:
        yield key[:place]
        place = key.find("/", place + 1)
