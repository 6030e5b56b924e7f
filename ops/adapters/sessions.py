"""Browser sessions: the cookie holds a separate token, never the access key."""

import secrets
import time
from hashlib import sha256

from schemas.access import Session
from schemas.codec import decode, encode
from workers.storage.protocol import ObjectStore

PLACE = "sessions/"
KEPT_SECONDS = 30 * 24 * 3600.0
_REMEMBERED_SECONDS = 10.0
_MAX_REMEMBERED = 1000


class SessionStore:
    """The sessions in an object store, under the hashes of their tokens; see ``search.http.ports.Sessions``.

    All methods raise ``schemas.errors.DependencyError`` when the store cannot be reached.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._remembered: dict[str, tuple[float, Session]] = {}

    def begin(self, key: str) -> str:
        """See ``search.http.ports.Sessions``; also deletes expired sessions."""
        now, token = time.time(), secrets.token_urlsafe(32)
        for info in list(self._store.list(PLACE)):
            if info.modified_at < now - KEPT_SECONDS:
                self._store.remove(info.key)
        self._store.write(_place(token), encode(Session(key, now + KEPT_SECONDS)), content_type="application/json")
        return token

    def find(self, token: str) -> str | None:
        """See ``search.http.ports.Sessions``."""
        place, now = _place(token), time.monotonic()
        until, session = self._remembered.get(place, (0.0, None))
        if session is None or now >= until:
            data = self._store.read(place)
            if data is None:
                self._remembered.pop(place, None)
                return None
            session = decode(Session, data)
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            self._remembered[place] = (now + _REMEMBERED_SECONDS, session)
        return session.key if time.time() < session.expires_at else None

    def end(self, token: str) -> None:
        """See ``search.http.ports.Sessions``."""
        self._remembered.pop(_place(token), None)
        self._store.remove(_place(token))


def _place(token: str) -> str:
    return PLACE + sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
