"""Shards and replicas as settings: the same hits, order and counts on one shard and five; what changes them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from ops.maintenance.diagnosis.doctor import check
from ops.maintenance.reindex.rebuild import reindex
from ops.system import open_system
from schemas.queries import FACETS, Query, SearchResult, Sort
from schemas.records import document_id
from search.elastic.client import ServerOptions
from search.open import open_index
from search.protocol import Index
from tests.support.disclosures import record_of, rows_of
from tests.support.indexes import fresh_index
from tests.support.servers.isolation import fresh_index_prefix
from workers.settings import load

DOCUMENTS = 400
# More than a facet shows of a shard, and many of them equally often.
ISSUERS = [f"第{number}县人民政府" for number in range(257)]
QUESTIONS = (
    Query("主动公开政府信息"),
    Query("行政复议 诉讼"),
    Query('"年度报告"'),
    Query("怎样申请公开政府信息"),
    Query("公开 -微博"),
    Query("长江大桥 OR 养老金"),
    Query("二〇一九年", facets=FACETS),
    Query("公开", facets=FACETS, sort=Sort.NEWEST),
    Query("", facets=FACETS),
    Query("养老金", fold=False),
)


def fill(index: Index) -> None:
    def add(number: int) -> None:
        key = f"文件{number:03}.txt"
        facts = {"issuer": ISSUERS[number * number * 7 % len(ISSUERS)], "year": 2000 + number % 7}
        rows = rows_of(key, 1 + number % 6, seed=3, **facts)
        index.replace(record_of(key, rows), rows)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(add, range(DOCUMENTS)))
    index.refresh()


@pytest.fixture(scope="module")
def pair(elasticsearch_url: str) -> Iterator[tuple[Index, Index]]:
    """The same documents on one shard and on five."""
    with ExitStack() as stack:
        made = []
        for shards in (1, 5):
            prefix = stack.enter_context(fresh_index_prefix(elasticsearch_url))
            made.append(stack.enter_context(fresh_index(elasticsearch_url, prefix, shards)))
            fill(made[-1])
        yield made[0], made[1]


def shown(result: SearchResult) -> Any:
    """Return what a reader sees, scores as exact as they are stored."""
    hits = [
        (hit.key, hit.article, hit.others, [(each.ordinal, round(each.score, 3), each.text) for each in hit.sections])
        for hit in result.hits
    ]
    return hits, result.documents, result.sections, result.facets, result.notes, result.apart


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text or "all")
def test_hits_order_and_counts_are_the_same_on_one_shard_and_five(pair: tuple[Index, Index], question: Query) -> None:
    one, five = pair
    first = shown(one.search(question))
    assert first[1] > 0
    assert shown(five.search(question)) == first
    later = [index.search(replace(question, cursor=index.search(question).cursor, facets=())) for index in pair]
    assert shown(later[1]) == shown(later[0])


def test_similar_sections_are_the_same_on_one_shard_and_five(pair: tuple[Index, Index]) -> None:
    for number in range(0, DOCUMENTS, 30):
        found = [index.similar(document_id(f"文件{number:03}.txt"), 0, 0) for index in pair]
        assert found[0].documents > 0
        assert shown(found[1]) == shown(found[0])


def test_what_is_set_is_checked_and_changed(elasticsearch_url: str, index_prefix: str, tmp_path: Any) -> None:
    variables = {
        "GONGKAI_DATA_DIR": str(tmp_path),
        "GONGKAI_INDEX_URL": elasticsearch_url,
        "GONGKAI_INDEX_PREFIX": index_prefix,
    }
    with open_system(load(variables)) as system:
        system.context.index.bootstrap()
        fill(system.context.index)
    changed = load({**variables, "GONGKAI_INDEX_SHARDS": "3", "GONGKAI_INDEX_REPLICAS": "2"})
    with open_system(changed) as system:
        made = system.context.index.bootstrap()
        assert f"replicas of {index_prefix}-sections" in made
        assert system.context.index.bootstrap() == []
        [told] = [one for one in check(changed) if one.name == "shards"]
        assert told.line == f"{index_prefix}-sections has 1 primary shards, 3 are set: `gongkai reindex` changes that"
        assert reindex(system) == DOCUMENTS
        assert [one for one in check(changed) if one.name == "shards"] == []
        assert system.context.index.bootstrap() == []
        assert system.context.index.search(Query("")).documents == DOCUMENTS
    with Elasticsearch(elasticsearch_url) as server:
        stored = server.indices.get_settings(index=f"{index_prefix}-sections")
    [settings] = [each["settings"]["index"] for each in stored.values()]
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("3", "2")


def test_an_index_of_before_gets_the_way_its_segments_are_merged(elasticsearch_url: str, index_prefix: str) -> None:
    index, name = (
        open_index(elasticsearch_url, prefix=index_prefix, options=ServerOptions()),
        f"{index_prefix}-sections",
    )
    index.bootstrap()
    with Elasticsearch(elasticsearch_url) as server:
        before = {"merge.policy.segments_per_tier": "30", "merge.policy.floor_segment": None}
        server.indices.put_settings(index=name, settings=before)
        assert index.bootstrap() == [f"merge policy of {name}"]
        assert index.bootstrap() == []
        [stored] = server.indices.get_settings(index=name, flat_settings=True).values()
    set_to = {each: stored["settings"][f"index.{each}"] for each in before}
    assert set_to == {"merge.policy.segments_per_tier": "10", "merge.policy.floor_segment": "16mb"}
    index.close()


def test_an_index_of_before_these_settings_is_taken_as_it_is(elasticsearch_url: str, index_prefix: str) -> None:
    index = open_index(elasticsearch_url, prefix=index_prefix, options=ServerOptions())
    assert index.bootstrap()
    assert index.bootstrap() == []
    index.close()
