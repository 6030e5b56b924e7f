"""Stores saved searches, their matches and pending webhook deliveries in the derived store."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ops.maintenance.decisions.removal_marks import note_removal
from schemas.codec import decode, encode
from schemas.searches import Attempt, Attempts, Delivery, FoundBefore, Match, Recent, SavedSearch
from workers.storage.protocol import ObjectStore

PLACE, DELIVERIES = "searches/", "deliveries/"
MAX_RECENT, MAX_ATTEMPTS = 200, 20

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_JSON = "application/json"


class SearchStore:
    """Saved searches in an object store; see ``search.http.ports.SavedSearches``.

    A search is one object with its feed beside it; below them is one object for each document found, so that no object
    grows with the collection. All methods raise ``schemas.errors.DependencyError`` when the store does not answer.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def all(self) -> list[SavedSearch]:
        """See ``search.http.ports.SavedSearches``."""
        read = (self._store.read(info.key) for info in self._store.list(f"{PLACE}saved/"))
        return sorted((decode(SavedSearch, data) for data in read if data), key=lambda search: search.created_at)

    def find(self, identifier: str) -> SavedSearch | None:
        """See ``search.http.ports.SavedSearches``."""
        data = self._store.read(_saved_key(identifier)) if _ID.fullmatch(identifier) else None
        return decode(SavedSearch, data) if data else None

    def keep(self, search: SavedSearch) -> None:
        """See ``search.http.ports.SavedSearches``."""
        self._store.write(_saved_key(search.id), encode(search), content_type=_JSON)

    def forget(self, identifier: str) -> None:
        """See ``search.http.ports.SavedSearches``."""
        note_removal(self._store, _saved_key(identifier))
        self._store.remove(_saved_key(identifier))
        self._store.remove(_recent(identifier))
        self._store.remove(_attempts(identifier))
        for info in self._store.list(f"{PLACE}found/{identifier}/"):
            self._store.remove(info.key)

    def recent(self, identifier: str) -> list[Match]:
        """See ``search.http.ports.SavedSearches``."""
        data = self._store.read(_recent(identifier))
        return list(decode(Recent, data).matches) if data else []

    def attempts(self, identifier: str) -> list[Attempt]:
        """See ``search.http.ports.SavedSearches``."""
        data = self._store.read(_attempts(identifier))
        return list(decode(Attempts, data).attempts) if data else []

    def add_attempt(self, identifier: str, attempt: Attempt) -> None:
        """Put an attempt at the head of those of a search."""
        kept = (attempt, *self.attempts(identifier))[:MAX_ATTEMPTS]
        self._store.write(_attempts(identifier), encode(Attempts(kept)), content_type=_JSON)

    def add_recent(self, identifier: str, matches: Sequence[Match]) -> None:
        """Put matches at the head of a search's feed, except those already in it."""
        kept = self.recent(identifier)
        known = {match.mark for match in kept}
        merged = [match for match in matches if match.mark not in known] + kept
        self._store.write(_recent(identifier), encode(Recent(tuple(merged[:MAX_RECENT]))), content_type=_JSON)

    def marks(self, identifier: str, document_id: str) -> frozenset[str]:
        """Return the marks of a document's sections of which this search was already notified."""
        data = self._store.read(_found_key(identifier, document_id))
        return frozenset(decode(FoundBefore, data).marks) if data else frozenset()

    def add_marks(self, identifier: str, document_id: str, marks: frozenset[str]) -> None:
        """Mark these sections as notified for this search."""
        every = sorted(marks | self.marks(identifier, document_id))
        self._store.write(_found_key(identifier, document_id), encode(FoundBefore(tuple(every))), content_type=_JSON)

    def forget_document(self, document_id: str) -> None:
        """Remove a document from the matches of every search and from pending deliveries."""
        for info in list(self._store.list(f"{PLACE}recent/")):
            kept = self.recent(info.key.rpartition("/")[2])
            left = tuple(match for match in kept if match.document_id != document_id)
            if len(left) < len(kept):
                self._store.write(info.key, encode(Recent(left)), content_type=_JSON)
        for search in self.all():
            self._store.remove(_found_key(search.id, document_id))
        for delivery in list(self.deliveries()):
            left = tuple(match for match in delivery.matches if match.document_id != document_id)
            if not left:
                self.settle(delivery)
            elif len(left) < len(delivery.matches):
                self.post(replace(delivery, matches=left))

    def post(self, delivery: Delivery) -> None:
        """Store a pending delivery; replaces one with the same identifier."""
        self._store.write(DELIVERIES + delivery.id, encode(delivery), content_type=_JSON)

    def deliveries(self) -> Iterator[Delivery]:
        """Yield the pending deliveries."""
        for info in self._store.list(DELIVERIES):
            data = self._store.read(info.key)
            if data:
                yield decode(Delivery, data)

    def settle(self, delivery: Delivery) -> None:
        """Delete a delivery that has arrived or was given up."""
        self._store.remove(DELIVERIES + delivery.id)


def _saved_key(identifier: str) -> str:
    return f"{PLACE}saved/{identifier}"


def _recent(identifier: str) -> str:
    return f"{PLACE}recent/{identifier}"


def _attempts(identifier: str) -> str:
    return f"{PLACE}attempts/{identifier}"


def _found_key(identifier: str, document_id: str) -> str:
    return f"{PLACE}found/{identifier}/{document_id}"
