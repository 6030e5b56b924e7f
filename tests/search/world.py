"""The application over backends in memory: what an HTTP test is handed."""

from dataclasses import dataclass

from fastapi.testclient import TestClient

from schemas.cleaned import Damage, Normalized, Paragraph, Removal
from schemas.outcomes import State
from schemas.records import DocumentRecord
from search.api import create_app
from tests.search.in_memory import MemoryIndex, MemoryOriginals, MemorySink
from tests.search.library import HOSTILE, record_of, rows_of

TOKEN = "a long token"


@dataclass
class World:
    """What a test may look into or break."""

    client: TestClient
    index: MemoryIndex
    objects: MemoryOriginals
    events: MemorySink

    def add(self, key: str, data: bytes = b"content", **fields: object) -> str:
        state = fields.pop("state", State.INDEXED)
        extra = {name: fields.pop(name) for name in ("problems", "category", "parent", "container") if name in fields}
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


def make_world(token: str = TOKEN) -> World:
    index, objects, events = MemoryIndex(), MemoryOriginals(), MemorySink()
    app = create_app(index, objects, events, event_token=token, details=details)
    return World(TestClient(app, raise_server_exceptions=False), index, objects, events)
