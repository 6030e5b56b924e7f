"""Copies Elasticsearch indexes into new ones and moves the aliases without interrupting searches."""

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import Any

from elasticsearch import NotFoundError

from schemas.records import DocumentRecord
from search.elastic.client import ElasticClient, observe_nothing
from search.elastic.index import ElasticIndex
from search.elastic.mapping import FIELDS
from workers.pipeline.search_index import index_of
from workers.settings import Settings

THREADS = 16
BATCH_SIZE = 400
# Clock skew: a record may carry the time of a slower clock.
MARGIN_SECONDS = 300.0


def rebuild_elastic(old: ElasticIndex, settings: Settings, *, advance: Callable[[int], Any]) -> int:
    """Fill new indexes from those behind the aliases, move the aliases, delete the old indexes.

    Raises:
        DependencyError: The server does not answer; the aliases still point to the old indexes.
    """
    client = ElasticClient(
        settings.index_url, user=settings.index_user, password=settings.index_password, ca_file=settings.ca_file
    )
    prefix = settings.index_prefix
    before = {kind: _behind(client, f"{prefix}-{kind}") for kind in FIELDS}
    name = _next_prefix(prefix, before["documents"])
    _drop(client, [f"{name}-{kind}-*" for kind in FIELDS])
    new = index_of(settings, prefix=name, observe=observe_nothing)
    try:
        new.bootstrap()
        started = time.time() - MARGIN_SECONDS
        count = _copy(old, new, old.recorded_since(0.0), advance)
        _copy(old, new, old.recorded_since(started), lambda _: None)
        _block(client, before, blocked=True)
        try:
            _copy(old, new, old.recorded_since(started), lambda _: None)
            new.refresh()
            _move(client, prefix, name, before)
        finally:
            _block(client, before, blocked=False)
    finally:
        new.close()
    _drop(client, [each for names in before.values() for each in names])
    for kind in FIELDS:
        client.find(lambda server, kind=kind: server.indices.delete_index_template(name=f"{name}-{kind}"))  # type: ignore[misc]
    client.close()
    old.bootstrap()
    return count


def _next_prefix(prefix: str, names: list[str]) -> str:
    """Return ``{prefix}-r{n}`` with n one above that of the indexes in use."""
    numbers = [int(found[1]) for name in names if (found := re.match(rf"{re.escape(prefix)}-r(\d+)-", name))]
    return f"{prefix}-r{max(numbers, default=0) + 1}"


def _behind(client: ElasticClient, alias: str) -> list[str]:
    return sorted(client.call(lambda server: server.indices.get_alias(name=alias)))


def _copy(old: ElasticIndex, new: Any, records: Iterable[DocumentRecord], advance: Callable[[int], Any]) -> int:
    def one(record: DocumentRecord) -> None:
        # Read again: the stream may be behind.
        current = old.record(record.id)
        if current is not None:
            new.replace(current, old.sections(record.id) if current.sections else ())

    count, source = 0, iter(records)
    with ThreadPoolExecutor(THREADS) as pool:
        while batch := list(islice(source, BATCH_SIZE)):
            list(pool.map(one, batch))
            count += len(batch)
            advance(len(batch))
    return count


def _block(client: ElasticClient, indexes: dict[str, list[str]], *, blocked: bool) -> None:
    names = [name for each in indexes.values() for name in each]
    with suppress(NotFoundError):
        client.find(
            lambda server: server.indices.put_settings(
                index=names, settings={"index.blocks.write": blocked}, ignore_unavailable=True
            )
        )


def _move(client: ElasticClient, prefix: str, name: str, before: dict[str, list[str]]) -> None:
    actions: list[dict[str, Any]] = []
    for kind, indexes in before.items():
        alias, target = f"{prefix}-{kind}", f"{name}-{kind}-000001"
        actions += [{"remove": {"index": each, "alias": alias}} for each in indexes]
        actions += [
            {"add": {"index": target, "alias": alias, "is_write_index": True}},
            {"remove": {"index": target, "alias": f"{name}-{kind}"}},
        ]
    client.call(lambda server: server.indices.update_aliases(actions=actions))


def _drop(client: ElasticClient, names: list[str]) -> None:
    for name in names:
        found = client.call(lambda server, name=name: server.indices.get(index=name, ignore_unavailable=True))  # type: ignore[misc]
        for each in found:
            client.find(lambda server, each=each: server.indices.delete(index=each))  # type: ignore[misc]
