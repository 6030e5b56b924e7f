"""``gongkai mcp`` as a process of its own, asked by the package's own client over both of its ways."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from ops.adapters.access_keys import KeyStore
from schemas.access import Scope
from schemas.outcomes import State
from search.http.access_keys import make_key
from tests.support.library import HELD_PROBLEM, record_of, rows_of
from workers.pipeline.search_index import index_of
from workers.settings import environment_with, load
from workers.storage.open import open_store

SHOWN, HELD = "市残联/总结.docx", "市残联/名册.docx"


def fill(variables: dict[str, str]) -> str:
    """Fill an index with a document that is shown and one that is held; return a key to read."""
    settings = load(variables)
    index = index_of(settings)
    index.bootstrap()
    rows, held = rows_of(SHOWN), rows_of(HELD)
    index.replace(record_of(SHOWN, rows), rows)
    index.replace(record_of(HELD, held, state=State.HELD, problems=(HELD_PROBLEM,)), [])
    index.refresh()
    index.close()
    store = open_store(settings.derived_url, settings)
    store.bootstrap()
    secret, key = make_key("模型", [Scope.READ])
    KeyStore(store).add(key)
    return secret


def ask(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Return what each call was answered with, and its text where it was refused."""

    async def run() -> list[Any]:
        async with Client(server) as client:
            results = [await client.call_tool(name, arguments) for name, arguments in calls]
        return [result.content[0].text if result.is_error else result.structured_content for result in results]

    return asyncio.run(run())


def stdio(variables: dict[str, str]) -> StdioServerParameters:
    environment = environment_with(variables)
    return StdioServerParameters(command=sys.executable, args=["-m", "ops.cli", "mcp"], env=environment)


@contextmanager
def over_http(variables: dict[str, str]) -> Iterator[str]:
    """Run the server until the block ends and give its address."""
    command = [sys.executable, "-m", "ops.cli", "mcp", "--http"]
    environment = environment_with({**variables, "GONGKAI_MCP_PORT": "0"})
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        yield next(line.split()[-1] for line in process.stderr if line.startswith("tools: "))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def with_key(url: str, key: str) -> Any:
    client = httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"} if key else {})
    return streamable_http_client(url, http_client=client)


@pytest.fixture
def embedded(tmp_path: Path) -> dict[str, str]:
    return {"GONGKAI_DATA_DIR": str(tmp_path)}


CALLS = [
    ("search", {"q": "政务公开"}),
    ("section", {"document_id": record_of(SHOWN, []).id, "ordinal": 3}),
    ("document", {"document_id": record_of(HELD, []).id}),
    ("statistics", {}),
]


def check(answers: list[Any]) -> None:
    found, section, held, numbers = answers
    assert [hit["key"] for hit in found["hits"]] == [SHOWN]
    assert section["text"].startswith("1.加强领导,强化组织机构\n")
    assert held == "the document is held; it is not shown until a person releases it"
    assert numbers == {"rows": [], "more": False}


def test_the_tools_answer_over_standard_input_and_output(embedded: dict[str, str]) -> None:
    fill(embedded)
    check(ask(stdio(embedded), *CALLS))


def test_over_standard_input_a_key_is_asked_for_where_reading_needs_one(embedded: dict[str, str]) -> None:
    variables = {**embedded, "GONGKAI_READ_ACCESS": "key"}
    key = fill(variables)
    check(ask(stdio({**variables, "GONGKAI_MCP_KEY": key}), *CALLS))
    command = [sys.executable, "-m", "ops.cli", "mcp"]
    without = subprocess.run(command, env=environment_with(variables), capture_output=True, text=True, timeout=60)  # noqa: PLW1510
    assert without.returncode == 2
    assert "GONGKAI_MCP_KEY" in without.stderr


def test_the_tools_answer_over_http_to_whoever_may_read(embedded: dict[str, str]) -> None:
    variables = {**embedded, "GONGKAI_READ_ACCESS": "key"}
    key = fill(variables)
    with over_http(variables) as url:
        check(ask(with_key(url, key), *CALLS))
        for wrong in ("", "gongkai_0123456789ab_" + "x" * 43):
            body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            headers = {"Authorization": f"Bearer {wrong}"} if wrong else {}
            refused = httpx2.post(url, json=body, headers={**headers, "Accept": "application/json, text/event-stream"})
            assert refused.status_code == 401
            assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_over_http_a_page_of_another_site_may_not_ask(embedded: dict[str, str]) -> None:
    fill(embedded)
    with over_http(embedded) as url:
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        accept = {"Accept": "application/json, text/event-stream"}
        assert httpx2.post(url, json=body, headers={**accept, "Origin": "https://elsewhere.example"}).status_code == 403
        assert httpx2.post(url, json=body, headers={**accept, "Host": "elsewhere.example"}).status_code == 421


def test_the_tools_answer_over_elasticsearch(tmp_path: Path, elasticsearch_url: str, index_prefix: str) -> None:
    variables = {
        "GONGKAI_DATA_DIR": str(tmp_path),
        "GONGKAI_INDEX_URL": elasticsearch_url,
        "GONGKAI_INDEX_PREFIX": index_prefix,
    }
    fill(variables)
    check(ask(stdio(variables), *CALLS))
