"""Checks that a new key fits its bucket: in every store, no object may lie below another.

A file system enforces that by itself. An S3 server may accept ``a/b`` beside an object ``a`` and then list only one of
them (MinIO); the other is stored but never listed.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from workers.storage.object_keys import ObstructedError
from workers.storage.protocol import ObjectInfo, ObjectStore

# With at least this many keys in a folder, listing it once saves one request per key.
CROWD = 3
# A listing may cost one request in this many keys, and no more than that number in all.
KEYS_PER_PAGE, MAX_PAGES = 20, 100
PAGE = 1000  # objects that a store lists in one request


class Claims:
    """The keys of one upload, each checked before it is stored. Thread-safe."""

    def __init__(self, store: ObjectStore, keys: Collection[str] = ()) -> None:
        """Look at the folders of the first keys, see ``expect``.

        Args:
            store: The destination.
            keys: The keys to be claimed first, as far as known.

        Raises:
            DependencyError: The store does not answer.
        """
        self._store = store
        self._lock = threading.Lock()
        self._claimed: set[str] = set()
        self._folders: defaultdict[str, set[str]] = defaultdict(set)  # folder → claimed keys below it
        self._free: set[str] = set()
        self._listed: set[str] = set()  # folders of which everything was seen
        self._long: set[str] = set()  # folders that hold too much to be listed
        self._stored: dict[str, ObjectInfo] = {}
        self._below: dict[str, str] = {}  # folder → an object stored below it
        self.expect(keys)

    def expect(self, keys: Collection[str]) -> None:
        """List the folders these keys come into, as far as that saves requests; call it before they are claimed.

        A folder is listed once: what comes into it later was claimed here.

        Raises:
            DependencyError: The store does not answer.
        """
        crowds = Counter(folder for key in keys for folder in folders_of(key))
        for folder in sorted(folder for folder, count in crowds.items() if count >= CROWD):
            seen = any(above in self._listed for above in (folder, *folders_of(folder)))
            if not seen and folder not in self._long:
                self._list(folder, PAGE * min(MAX_PAGES, 1 + crowds[folder] // KEYS_PER_PAGE))

    def claim(self, key: str) -> None:
        """Claim a key for this upload.

        Raises:
            ObstructedError: An object is where its folder would be, or the reverse.
            DependencyError: The store does not answer.
        """
        above = tuple(folders_of(key))
        listed = next((folder for folder in above if folder in self._listed), None)
        # What is at or below a listed folder was seen, or claimed here.
        unseen = above if listed is None else above[: above.index(listed) + 1]
        with self._lock:
            self._claim_here(key, above)
            ask = [folder for folder in unseen if folder not in self._free]
        obstacle = self._obstacle(key, above) if listed is not None else None
        if obstacle is None and (ask or listed is None):
            obstacle = self._store.obstacle(key, ask)
        if obstacle is not None:
            self._release(key, above)
            raise ObstructedError(key, obstacle)
        with self._lock:
            self._free.update(ask)

    def find(self, key: str) -> ObjectInfo | None:
        """Return the object a key had when its folder was listed; None if it had none, or nobody looked."""
        return self._stored.get(key)

    def _list(self, folder: str, most: int) -> None:
        found = list(islice(self._store.list(f"{folder}/"), most + 1))
        if len(found) > most:
            self._long.add(folder)
            return
        self._listed.add(folder)
        for info in found:
            self._stored[info.key] = info
            for above in folders_of(info.key):
                self._below.setdefault(above, info.key)

    def _obstacle(self, key: str, above: tuple[str, ...]) -> str | None:
        return next((folder for folder in above if folder in self._stored), self._below.get(key))

    def _claim_here(self, key: str, above: tuple[str, ...]) -> None:
        if obstacle := next((folder for folder in above if folder in self._claimed), None):
            raise ObstructedError(key, obstacle)
        if below := self._folders.get(key):
            raise ObstructedError(key, min(below))
        self._claimed.add(key)
        for folder in above:
            self._folders[folder].add(key)

    def _release(self, key: str, above: tuple[str, ...]) -> None:
        with self._lock:
            self._claimed.discard(key)
            for folder in above:
                self._folders[folder].discard(key)


def folders_of(key: str) -> Iterator[str]:
    """Yield the folders that contain a key, topmost first, without a trailing slash."""
    place = key.find("/")
    while place != -1:
        yield key[:place]
        place = key.find("/", place + 1)
