"""Several processes write to one Elasticsearch, and some of them die: rows and records stay of one piece."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from schemas.errors import DocumentError, SettingsError
from schemas.queries import Query
from schemas.records import document_id
from search.elastic import bootstrap
from search.elastic.index import ElasticIndex
from search.elastic.ingest.writer import ElasticWriter
from tests.support.disclosures import record_of, rows_of

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def rivals(elasticsearch_url: str, index_prefix: str) -> Iterator[list[ElasticIndex]]:
    made = [ElasticIndex(elasticsearch_url, prefix=index_prefix, refresh_seconds=0.5) for _ in range(4)]
    made[0].bootstrap()
    yield made
    for index in made:
        index.close()


class KilledError(RuntimeError):
    """Stands for the end of the process."""


def die_before_the_records(*_: object, **__: object) -> None:
    raise KilledError


def test_rivals_on_one_document_leave_the_rows_of_exactly_one_of_them(rivals: list[ElasticIndex]) -> None:
    def put(number: int) -> None:
        rows = rows_of("same", 1 + number % 9, seed=number)
        rivals[number % 4].replace(record_of("same", rows, etag=str(number)), rows)

    for start in range(0, 40, 4):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(put, range(start, start + 4)))
        record = rivals[0].record(document_id("same"))
        assert record is not None
        number = int(record.etag)
        assert rivals[0].sections(document_id("same")) == rows_of("same", 1 + number % 9, seed=number)
        rivals[0].refresh()
        assert rivals[0].search(Query("")).sections == 1 + number % 9


def test_rows_of_a_writer_that_died_are_gone_with_the_next_version(
    rivals: list[ElasticIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    long, short = rows_of("a", 30), rows_of("a", 3, seed=1)
    with monkeypatch.context() as patched:
        patched.setattr(ElasticWriter, "_write_records", die_before_the_records)
        with pytest.raises(KilledError):
            rivals[0].replace(record_of("a", long), long)
    assert rivals[1].record(document_id("a")) is None
    rivals[1].replace(record_of("a", short), short)
    rivals[1].refresh()
    assert rivals[1].search(Query("")).sections == 3
    rivals[1].replace(record_of("a"), [])
    rivals[1].refresh()
    assert rivals[1].search(Query("")).sections == 0


def test_one_refused_document_does_not_take_others_with_it(rivals: list[ElasticIndex]) -> None:
    def put(number: int) -> BaseException | None:
        rows = rows_of(f"{number}", 2, year=10**12 if number == 5 else 2017)
        try:
            rivals[0].replace(record_of(f"{number}", rows), rows)
        except DocumentError as error:
            return error
        return None

    with ThreadPoolExecutor(16) as pool:
        errors = list(pool.map(put, range(16)))
    assert [number for number, error in enumerate(errors) if error is not None] == [5]
    assert rivals[0].record(document_id("5")) is None
    rivals[0].refresh()
    assert rivals[0].search(Query("", year=2017)).documents == 15


def test_claims_are_found_by_no_search(rivals: list[ElasticIndex]) -> None:
    rivals[0].replace(record_of("a"), [])
    rivals[0].refresh()
    for text in ("", "the", "0", document_id("a"), '"0"', "1 2 3 generation rows"):
        assert rivals[0].search(Query(text)).sections == 0


def test_an_index_of_another_version_stops_the_start(
    rivals: list[ElasticIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "VERSION", 99)
    with pytest.raises(SettingsError, match=r"fields of version \d+ and this program writes version 99"):
        rivals[0].bootstrap()
