"""Documents go in whole, once, and are there."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category, Problem, State
from schemas.queries import Query
from schemas.records import document_id
from search.elastic.client import ServerOptions
from search.open import open_index
from search.protocol import Index
from tests.support.disclosures import record_of, row_of, rows_of
from tests.support.index_contents import add
from tests.support.indexes import Address


def test_bootstrap_says_what_it_made_and_makes_it_once(address: Address) -> None:
    index = open_index(address.url, prefix=address.prefix, options=ServerOptions(shards=address.shards))
    assert index.bootstrap()
    assert index.bootstrap() == []
    assert index.describe()
    index.close()


def test_a_record_and_its_rows_are_read_back_at_once_as_they_were_given(index: Index) -> None:
    key = "年报/2017 年(第1份).docx"
    rows = [
        *rows_of(key, 3, year=2017, issuer="春夏县人民政府", text_original=None, page=3),
        *rows_of(key, 2, article=1, document_number="国办发〔2017〕42号", signed_on="2017-05-09"),
    ]
    record = record_of(
        key,
        rows,
        state=State.PARTIAL,
        category=Category.TIMEOUT,
        problems=(Problem("convert", "page 7 was not read", page=7, lossy=True),),
        flags=("spam",),
        size=12345,
        modified_at=1.5e9,
        seconds=0.25,
    )
    index.replace(record, rows)
    assert index.record(record.id) == record
    assert index.sections(record.id) == rows
    assert index.find_recorded([record.id, document_id("nothing")]) == {record.id}
    assert index.records_of([record.id, document_id("nothing")]) == {record.id: record}
    assert (index.find_recorded([]), index.records_of([])) == (set(), {})


def test_an_unknown_document_has_no_record_and_no_rows(index: Index) -> None:
    assert index.record(document_id("nothing")) is None
    assert index.sections(document_id("nothing")) == []


def test_overwriting_with_fewer_sections_and_articles_leaves_no_old_row(index: Index) -> None:
    key = "a.docx"
    old = [*rows_of(key, 30), *rows_of(key, 12, article=1), *rows_of(key, 5, article=2)]
    index.replace(record_of(key, old), old)
    index.refresh()
    assert index.search(Query("")).sections == 47
    new = [*rows_of(key, 4, seed=1), *rows_of(key, 7, seed=1, article=2)]
    index.replace(record_of(key, new, etag="2"), new)
    assert index.sections(document_id(key)) == new
    index.refresh()
    found = index.search(Query("", sections_each=50))
    assert (found.documents, found.sections) == (2, 11)
    index.replace(record_of(key, old, etag="3"), old)
    index.refresh()
    assert index.search(Query("")).sections == 47


def test_rows_of_another_document_are_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="another document"):
        index.replace(record_of("a"), rows_of("b", 1))


def test_text_that_is_not_unicode_is_the_documents_own_fault(index: Index) -> None:
    rows = [row_of("a", 0, 0, "半个\ud800字符")]
    with pytest.raises(DocumentError, match="Unicode"):
        index.replace(record_of("a", rows), rows)
    add(index, "b", "还能继续")
    assert index.record(document_id("a")) is None
    assert index.record(document_id("b")) is not None


def test_sixteen_threads_replace_at_once_and_all_is_found(index: Index) -> None:
    def put(number: int) -> None:
        key = f"文件夹/{number % 40:04}.docx"
        rows = rows_of(key, 3 + number // 40 % 3, seed=number)
        index.replace(record_of(key, rows, etag=str(number)), rows)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(put, range(120)))
    index.refresh()
    expected = 0
    for number in range(40):
        record = index.record(document_id(f"文件夹/{number:04}.docx"))
        assert record is not None
        rows = rows_of(record.key, 3 + int(record.etag) // 40 % 3, seed=int(record.etag))
        assert index.sections(record.id) == rows
        expected += len(rows)
    found = index.search(Query(""))
    assert (found.documents, found.sections) == (40, expected)


def test_one_document_replaced_by_many_threads_ends_as_one_of_them(index: Index) -> None:
    def put(number: int) -> None:
        rows = rows_of("same.docx", 1 + number % 7, seed=number)
        index.replace(record_of("same.docx", rows, etag=str(number)), rows)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(put, range(64)))
    record = index.record(document_id("same.docx"))
    assert record is not None
    number = int(record.etag)
    assert index.sections(record.id) == rows_of("same.docx", 1 + number % 7, seed=number)
    index.refresh()
    assert index.search(Query("")).sections == 1 + number % 7


def test_a_document_of_many_sections_is_replaced_whole(index: Index) -> None:
    key = "statistics.xlsx"
    rows = [row_of(key, 0, ordinal, f"第{ordinal}行数据") for ordinal in range(12_000)]
    index.replace(record_of(key, rows), rows)
    index.refresh()
    assert index.search(Query('"第11999行"')).sections == 1
    assert index.search(Query("")).sections == 12_000
    assert [row.ordinal for row in index.sections(document_id(key))] == list(range(12_000))
    assert index.search(Query("数据")).documents == 1
    index.replace(record_of(key, rows[:3]), rows[:3])
    index.refresh()
    assert index.search(Query("")).sections == 3


def test_what_was_replaced_is_found_after_the_refresh_time_without_asking(index: Index) -> None:
    add(index, "a", "信访条例")
    while not index.search(Query("信访")).hits:
        pass
    assert index.search(Query("信访")).documents == 1
