"""Stores access keys: one small object each in the derived store, which all processes of a system share."""

import re
import time

from ops.maintenance.decisions.removal_marks import note_removal
from schemas.access import AccessKey
from schemas.codec import decode, encode
from schemas.errors import GongkaiError
from workers.storage.protocol import ObjectStore

PLACE = "keys/"
# How long a process may still accept a revoked key, in seconds.
REMEMBERED_SECONDS = 10.0
_MAX_REMEMBERED = 1000
_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)


class NoSuchKeyError(GongkaiError):
    """No key has this identifier."""


class KeyStore:
    """The keys in an object store; every method may be called from any thread.

    All methods raise ``schemas.errors.DependencyError`` when the store cannot be reached.
    """

    def __init__(self, store: ObjectStore, *, remembered_seconds: float = REMEMBERED_SECONDS) -> None:
        self._store = store
        self._remembered_seconds = remembered_seconds
        self._remembered: dict[str, tuple[float, AccessKey]] = {}

    def add(self, key: AccessKey) -> None:
        """Store a new key."""
        self._store.write(PLACE + key.id, encode(key), content_type="application/json")

    def find(self, identifier: str) -> AccessKey | None:
        """See ``search.http.ports.Keys``."""
        now = time.monotonic()
        until, key = self._remembered.get(identifier, (0.0, None))
        if key is not None and now < until:
            return key
        data = self._store.read(PLACE + identifier) if _ID.fullmatch(identifier) else None
        if data is None:
            self._remembered.pop(identifier, None)
            return None
        found = decode(AccessKey, data)
        if len(self._remembered) >= _MAX_REMEMBERED:
            self._remembered.clear()
        self._remembered[identifier] = (now + self._remembered_seconds, found)
        return found

    def all(self) -> list[AccessKey]:
        """Return every key, oldest first."""
        read = (self._store.read(info.key) for info in self._store.list(PLACE))
        return sorted((decode(AccessKey, data) for data in read if data), key=lambda key: key.created_at)

    def revoke(self, identifier: str) -> AccessKey:
        """Revoke a key and return it.

        Raises:
            NoSuchKeyError: There is none.
        """
        key = self.find(identifier)
        if key is None:
            raise NoSuchKeyError(f"{identifier}: no such key; `gongkai key list` shows those there are")
        note_removal(self._store, PLACE + identifier)
        self._store.remove(PLACE + identifier)
        self._remembered.pop(identifier, None)
        return key
