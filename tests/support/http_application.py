"""The application over backends in memory: what an HTTP test is handed."""

from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient

from schemas.access import Scope
from schemas.cleaned import Damage, Normalized, Paragraph, Removal
from schemas.outcomes import State
from schemas.records import DocumentRecord
from search.app import create_app
from search.http.ports import Access, Writing
from tests.support.fakes.index import MemoryIndex, MemoryOriginals, MemorySink
from tests.support.fakes.stores import MemoryKeys, MemorySearches, MemorySessions, MemoryUploads
from tests.support.library import HOSTILE, record_of, rows_of

TOKEN = "a long token"
LARGEST_UPLOAD = 2_000_000


@dataclass
class World:
    """What a test may look into or break."""

    client: TestClient
    index: Any
    objects: MemoryOriginals
    events: MemorySink
    keys: MemoryKeys
    uploads: MemoryUploads
    searches: MemorySearches

    def sent(self, *scopes: Scope) -> dict[str, str]:
        """Return the header that sends a key for these scopes."""
        return {"Authorization": f"Bearer {self.keys.make(*scopes)}"}

    def sign_in(self, *scopes: Scope) -> str:
        """Sign the client's browser in with a new key for these scopes, and return the key."""
        key = self.keys.make(*scopes)
        assert self.client.post("/v1/session", data={"key": key}, follow_redirects=False).status_code == 303
        return key

    def add(self, key: str, data: bytes = b"content", **fields: object) -> str:
        state = fields.pop("state", State.INDEXED)
        named = {"problems": "problems", "category": "category", "parent": "parent", "container": "container"}
        named |= {"etag": "etag", "mark": "children_mark", "indexed_at": "indexed_at"}
        extra = {field: fields.pop(name) for name, field in named.items() if name in fields}
        rows = rows_of(key, **fields)
        record = record_of(key, rows, state=state, **extra)
        self.index.replace(record, rows if state in (State.INDEXED, State.PARTIAL) else [])
        self.objects.kept[key] = (record.etag, data)
        return record.id


def details(record: DocumentRecord) -> Normalized | None:
    return Normalized(
        format="docx",
        paragraphs=(Paragraph("申请处置效率明显提高"),),
        removals=(
            Removal("injected_pinyin", "dāng", 0, 2),
            Removal("injected_pinyin", HOSTILE, 0, 9),
            Removal("page_number", "— 2 —", 4),
        ),
        damages=(Damage("broken_pinyin", 0, 3, "?zhí"),),
    )


def make_world(
    token: str = TOKEN, *, open_reading: bool = True, public_url: str = "", index: Any = None, **access: Any
) -> World:
    index, objects, events = index or MemoryIndex(), MemoryOriginals(), MemorySink()
    keys, uploads, searches = MemoryKeys(), MemoryUploads(), MemorySearches()
    access |= {"open_reading": open_reading, "public_url": public_url, "upload_bytes": LARGEST_UPLOAD}
    offered = Access(keys, MemorySessions(), **access)
    writing = Writing(uploads, searches)
    app = create_app(index, objects, events, event_token=token, details=details, access=offered, writing=writing)
    client = TestClient(app, raise_server_exceptions=False)
    return World(client, index, objects, events, keys, uploads, searches)
