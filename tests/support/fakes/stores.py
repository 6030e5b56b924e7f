"""Keys, uploads and saved searches in memory, for the HTTP tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from schemas.access import AccessKey, Scope
from schemas.searches import Attempt, Match, SavedSearch
from search.http.access_keys import make_key
from search.http.ports import Incoming, NotTaken, Origin, Uploaded


@dataclass
class MemoryKeys:
    kept: dict[str, AccessKey] = field(default_factory=dict)

    def find(self, identifier: str) -> AccessKey | None:
        return self.kept.get(identifier)

    def make(self, *scopes: Scope) -> str:
        """Return a key that opens these."""
        secret, key = make_key("test", scopes)
        self.kept[key.id] = key
        return secret


@dataclass
class MemorySessions:
    kept: dict[str, str] = field(default_factory=dict)

    def begin(self, key: str) -> str:
        token = f"token-{len(self.kept)}-of-{key}"
        self.kept[token] = key
        return token

    def find(self, token: str) -> str | None:
        return self.kept.get(token)

    def end(self, token: str) -> None:
        self.kept.pop(token, None)


@dataclass
class MemoryUploads:
    inbox: dict[str, bytes] = field(default_factory=dict)
    batches: dict[tuple[str, str], list[Uploaded]] = field(default_factory=dict)

    def take(self, files: Sequence[Incoming], *, batch: str, owner: str, origin: Origin) -> list[Uploaded | NotTaken]:
        self.inbox |= {file.key: file.path.read_bytes() for file in files}
        taken = [Uploaded(file.key, str(self.etag(file.key)), file.path.stat().st_size, 1.8e9) for file in files]
        self.batches.setdefault((owner, batch), []).extend(taken)
        return [*taken]

    def batch(self, batch: str, *, owner: str) -> list[Uploaded]:
        return self.batches.get((owner, batch), [])

    def etag(self, key: str) -> str | None:
        return sha256(self.inbox[key]).hexdigest() if key in self.inbox else None


@dataclass
class MemorySearches:
    kept: dict[str, SavedSearch] = field(default_factory=dict)
    found: dict[str, list[Match]] = field(default_factory=dict)

    def all(self) -> list[SavedSearch]:
        return list(self.kept.values())

    def find(self, identifier: str) -> SavedSearch | None:
        return self.kept.get(identifier)

    def keep(self, search: SavedSearch) -> None:
        self.kept[search.id] = replace(search)

    def forget(self, identifier: str) -> None:
        self.kept.pop(identifier, None)

    def attempts(self, identifier: str) -> list[Attempt]:
        return []

    def recent(self, identifier: str) -> list[Match]:
        return self.found.get(identifier, [])
