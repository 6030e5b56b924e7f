"""A rebuilt index holds what the old one held, also what was written meanwhile, and is searched without a gap."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from ops.maintenance.bootstrap import bootstrap
from ops.maintenance.reindex.rebuild import plan, reindex
from ops.processes.embedded import run_embedded
from ops.system import System, open_system
from schemas.errors import DependencyError
from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import DocumentRecord, SectionRow, document_id
from search.elastic.index import ElasticIndex
from search.open import open_index
from tests.support import story
from workers.pipeline.versions import VERSIONS
from workers.settings import load


def rows(key: str, text: str, count: int) -> tuple[DocumentRecord, list[SectionRow]]:
    own = document_id(key)
    sections = [SectionRow(f"{own}-0-{n}", own, key, 0, n, n, None, None, (), f"{text}第{n}节") for n in range(count)]
    record = DocumentRecord(own, key, text, State.INDEXED, sections=count, stages=VERSIONS, indexed_at=time.time())
    return record, sections


def test_the_embedded_index_is_rebuilt_from_its_ledger(tmp_path: Path) -> None:
    settings = load({"GONGKAI_DATA_DIR": str(tmp_path)})
    with run_embedded(settings) as system:
        system.context.inbox.write("甲.txt", story.FIRST.encode())
        story.until(lambda: bool(story.found(system, "“银杏档案”")), "the document to be found")
        assert reindex(system) == 1
        assert story.found(system, "“银杏档案”") == [("甲.txt", "一、")]


def test_the_plan_names_the_first_stage_that_changed(tmp_path: Path) -> None:
    with open_system(load({"GONGKAI_DATA_DIR": str(tmp_path)})) as system:
        bootstrap(system)
        for n, stage in enumerate(["convert", "extract", "extract", ""]):
            record, sections = rows(f"{n}.txt", "文", 1)
            older = {**VERSIONS, **({stage: 0, "index": 0} if stage else {})}
            system.context.index.replace(replace(record, stages=older), sections)
        found = plan(system)
    assert (found.documents, found.outdated) == (4, {"convert": 1, "extract": 2})


@pytest.fixture
def system(elasticsearch_url: str, index_prefix: str, tmp_path: Path) -> Iterator[System]:
    given = {
        "GONGKAI_DATA_DIR": str(tmp_path),
        "GONGKAI_INDEX_URL": elasticsearch_url,
        "GONGKAI_INDEX_PREFIX": index_prefix,
    }
    with open_system(load(given)) as system:
        bootstrap(system)
        yield system


@pytest.mark.elasticsearch
def test_on_a_server_nothing_is_lost_or_unfindable_while_it_is_rebuilt_under_writers(system: System) -> None:
    index, prefix = system.context.index, system.settings.index_prefix
    for n in range(200):
        index.replace(*rows(f"{n:03d}.txt", f"银杏{n}", 3))
    index.refresh()
    stop, gaps, writes = threading.Event(), [], [0]

    def search() -> None:
        while not stop.is_set():
            found = index.search(Query("“第0节”", prefix="000")).documents
            gaps.extend([found] if found != 1 else [])

    def write() -> None:
        another = open_index(system.settings.index_url, prefix=prefix)
        while not stop.is_set():
            n = 100 + writes[0] % 100
            record, sections = rows(f"{n:03d}.txt", f"梧桐{writes[0]}", 1 + writes[0] % 4)
            wait_for(lambda: another.replace(record, sections))  # noqa: B023 - called at once
            writes[0] += 1
        another.close()

    with ThreadPoolExecutor(2) as pool:
        others = [pool.submit(search), pool.submit(write)]
        try:
            assert [reindex(system) for _ in range(2)] == [200, 200]
        finally:
            stop.set()
        for other in others:
            other.result()
    index.refresh()
    assert gaps == []
    assert writes[0] > 0
    assert isinstance(index, ElasticIndex)
    records = index.records(limit=1000)
    assert len(records) == 200
    with Elasticsearch(system.settings.index_url) as client:
        query = {"exists": {"field": "group"}}
        total = client.count(index=f"{prefix}-sections", query=query)["count"]
        assert sorted(client.indices.get(index=f"{prefix}*")) == [
            f"{prefix}-r2-documents-000001",
            f"{prefix}-r2-sections-000001",
        ]
    assert total == sum(record.sections for record in records)
    for record in records:
        assert {row.text.partition("第")[0] for row in index.sections(record.id)} == {record.etag}
    assert bootstrap(system) == []


def wait_for(action: Callable[[], None]) -> None:
    while True:
        try:
            return action()
        except DependencyError:
            time.sleep(0.05)
