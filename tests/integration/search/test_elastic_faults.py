"""Elasticsearch down, busy or refusing: who is told what, and how much is sent at once; the server is a script."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from schemas.errors import DependencyError, DocumentError
from schemas.outcomes import Category
from schemas.queries import Query
from search.elastic.index import ElasticIndex
from search.open import open_index
from tests.support.disclosures import record_of, row_of, rows_of

Item = dict[str, Any]
STORED: Item = {"status": 201, "_seq_no": 1, "_primary_term": 1}


class Scripted(ThreadingHTTPServer):
    """Answers bulk items by ``script`` and everything else with ``status``; keeps the sizes of what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.script: Callable[[str], Item] = lambda item_id: STORED
        self.status = 200
        self.sizes: list[int] = []
        self.written: list[str] = []


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.sizes.append(len(body))
        answer = {"error": {"type": "test"}} if self.server.status != 200 else self._answer(body)
        data = json.dumps(answer).encode()
        self.send_response(self.server.status)
        for name, value in {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET = do_PUT

    def _answer(self, body: bytes) -> dict[str, Any]:
        if "_mget" in self.path:
            return {"docs": [{"_id": each["_id"], "found": False} for each in json.loads(body)["docs"]]}
        actions = [line for line in map(json.loads, body.splitlines()) if set(line) <= {"index", "create", "delete"}]
        items = [(name, target) for action in actions for name, target in action.items()]
        self.server.written += [f"{target['_index']} {target['_id']}" for _, target in items]
        return {"items": [{name: self.server.script(target["_id"])} for name, target in items]}

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Scripted]:
    server = Scripted()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def index(server: Scripted) -> Iterator[ElasticIndex]:
    url = f"http://127.0.0.1:{server.server_address[1]}"
    index = ElasticIndex(url, prefix="test", refresh_seconds=0.5)
    yield index
    index.close()


def test_a_server_that_is_down_is_named_with_its_address() -> None:
    index = open_index("http://127.0.0.1:9", prefix="test")
    for ask in (
        lambda: index.replace(record_of("a"), []),
        lambda: index.record("a"),
        lambda: index.search(Query("公开")),
        lambda: list(index.record_keys()),
        index.bootstrap,
        index.describe,
        index.refresh,
    ):
        with pytest.raises(DependencyError, match=r"^index http://127\.0\.0\.1:9: cannot be reached"):
            ask()
    index.close()


@pytest.mark.parametrize(("status", "told"), [(429, "too busy"), (401, "user or password"), (503, "not ready")])
def test_a_server_that_cannot_now_is_a_dependency(
    server: Scripted, index: ElasticIndex, status: int, told: str
) -> None:
    server.status = status
    with pytest.raises(DependencyError, match=told):
        index.replace(record_of("a"), [])
    with pytest.raises(DependencyError, match=told):
        index.search(Query("公开"))


def test_a_section_turned_away_for_load_is_tried_again_later_and_no_record_is_written(
    server: Scripted, index: ElasticIndex
) -> None:
    server.script = lambda item: {"status": 429, "error": {"type": "x"}} if item.endswith("-0-3") else STORED
    rows = rows_of("a", 5)
    with pytest.raises(DependencyError, match="too busy"):
        index.replace(record_of("a", rows), rows)
    assert not any(line.startswith("test-documents") for line in server.written)


def test_a_section_the_index_refuses_is_the_documents_own_fault(server: Scripted, index: ElasticIndex) -> None:
    cause = {
        "type": "document_parsing_exception",
        "reason": "outer",
        "caused_by": {"type": "x", "reason": "year is too large"},
    }
    server.script = lambda item: {"status": 400, "error": cause} if item.endswith("-0-1") else STORED
    rows = rows_of("a", 2)
    with pytest.raises(DocumentError, match="year is too large") as caught:
        index.replace(record_of("a", rows), rows)
    assert caught.value.category is Category.CRASH
    index.replace(record_of("b", rows[:0]), [])


def test_a_rival_that_never_yields_makes_the_work_wait(server: Scripted, index: ElasticIndex) -> None:
    server.script = lambda item: {"status": 409, "error": {"type": "version_conflict_engine_exception"}}
    with pytest.raises(DependencyError, match="keeps replacing"):
        index.replace(record_of("a"), [])


def test_a_document_of_fifty_thousand_sections_goes_out_in_bounded_requests(
    server: Scripted, index: ElasticIndex
) -> None:
    text = "年度报告数据" * 30
    rows = [row_of("a", 0, ordinal, text) for ordinal in range(50_000)]
    index.replace(record_of("a", rows), rows)
    assert max(server.sizes) < 6_000_000
    assert len([line for line in server.written if line.startswith("test-sections")]) == 50_001
    assert server.written[-1].startswith("test-documents")
