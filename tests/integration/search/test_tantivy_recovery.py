"""A crash between the ledger and tantivy leaves no record that speaks of rows which cannot be found."""

from pathlib import Path

import pytest

from schemas.errors import DependencyError
from schemas.outcomes import State
from schemas.queries import Query
from schemas.records import document_id
from search.tantivy.document_store import DocumentStore
from search.tantivy.index import TantivyIndex
from search.tantivy.schema import VERSION
from tests.support.disclosures import record_of, row_of, rows_of


def opened(folder: Path) -> TantivyIndex:
    index = TantivyIndex(folder)
    index.bootstrap()
    return index


def write_to_the_ledger_alone(folder: Path, key: str, text: str | None) -> None:
    ledger = DocumentStore(folder / "ledger.sqlite3")
    rows = [] if text is None else [row_of(key, 0, 0, text)]
    ledger.write([(record_of(key, rows, state=State.INDEXED if rows else State.HELD), rows)])
    ledger.close()


def found(index: TantivyIndex, text: str) -> list[str]:
    index.refresh()
    return [hit.key for hit in index.search(Query(text)).hits]


def test_what_tantivy_missed_is_indexed_at_the_next_start(tmp_path: Path) -> None:
    opened(tmp_path).close()
    write_to_the_ledger_alone(tmp_path, "a", "断电之前的内容")
    index = TantivyIndex(tmp_path)
    assert index.bootstrap() == [f"1 documents indexed again in {tmp_path}/words-{VERSION}"]
    assert found(index, "断电") == ["a"]
    assert index.bootstrap() == []
    index.close()


def test_what_tantivy_missed_is_indexed_by_the_next_writer_too(tmp_path: Path) -> None:
    index = opened(tmp_path)
    write_to_the_ledger_alone(tmp_path, "a", "断电之前的内容")
    rows = rows_of("b", 1)
    index.replace(record_of("b", rows), rows)
    assert found(index, "断电") == ["a"]
    index.close()


def test_rows_of_a_document_held_before_the_crash_are_not_shown_and_then_gone(tmp_path: Path) -> None:
    index = opened(tmp_path)
    rows = [row_of("a", 0, 0, "不予公开的内容")]
    index.replace(record_of("a", rows), rows)
    write_to_the_ledger_alone(tmp_path, "a", None)
    assert found(index, "不予公开") == []
    assert index.sections(document_id("a")) == []
    index.close()
    again = opened(tmp_path)
    assert again.search(Query("不予公开")).sections == 0
    again.close()


def test_an_index_without_its_tantivy_files_is_built_again_from_the_ledger(tmp_path: Path) -> None:
    index = opened(tmp_path)
    for number in range(250):
        rows = rows_of(f"{number}", 2)
        index.replace(record_of(f"{number}", rows), rows)
    index.close()
    (tmp_path / f"words-{VERSION}").rename(tmp_path / "words-0")
    index = opened(tmp_path)
    index.refresh()
    assert index.search(Query("")).documents == 250
    index.close()


def test_a_second_writer_is_told_who_stands_in_its_way(tmp_path: Path) -> None:
    first, second = opened(tmp_path), TantivyIndex(tmp_path)
    rows = rows_of("a", 1)
    first.replace(record_of("a", rows), rows)
    assert second.bootstrap() == []
    with pytest.raises(DependencyError, match="another process has this index open for writing"):
        second.replace(record_of("b"), [])
    assert second.record(document_id("b")) is None
    assert second.record(document_id("a")) is not None
    assert found(second, "") == ["a"]
    first.close()
    second.replace(record_of("b"), [])
    assert second.record(document_id("b")) is not None
    second.close()


def test_an_index_that_was_never_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(DependencyError, match="index"):
        TantivyIndex(tmp_path / "nothing").search(Query("公开"))
    with pytest.raises(DependencyError, match="index"):
        TantivyIndex(tmp_path / "nothing").record("a")


def test_who_asks_an_index_that_is_not_there_yet_learns_how_to_make_it(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "new")
    with pytest.raises(DependencyError, match="`gongkai run` makes it"):
        index.search(Query("公开"))
    with pytest.raises(DependencyError, match="`gongkai run` makes it"):
        index.counts()


def test_the_size_told_is_what_others_have_written_by_now(tmp_path: Path) -> None:
    with_writer, reading = opened(tmp_path), TantivyIndex(tmp_path)
    assert ", 0 sections, " in reading.describe()
    rows = rows_of("a", 20)
    with_writer.replace(record_of("a", rows), rows)
    assert ", 20 sections, " in reading.describe()
    with_writer.close()
