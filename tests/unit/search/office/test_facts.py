"""The facts of the embedded index are derived again where another version derived them."""

import sqlite3
from pathlib import Path

from schemas.office.facts import FactField
from schemas.records import ArticleSummary
from search.tantivy.document_store import DocumentStore
from search.tantivy.facts import count_facts
from tests.support.disclosures import record_of, row_of

LETTER = "某市教育局政府信息公开申请答复书"


def test_an_older_store_gets_its_facts_when_it_is_opened(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "ledger.sqlite3")
    store.create()
    rows = [row_of("a.txt", 0, 0, "该信息已主动公开。", title=LETTER)]
    letter = record_of("a.txt", rows, articles=(ArticleSummary(0, LETTER, issuer="某市教育局", sections=1),))
    store.write([(letter, rows), *((record_of(f"{number:04}.txt"), []) for number in range(1100))])
    by = (FactField.UNIT, FactField.RESULTS)
    counts = list(count_facts(store.read, by, {}))
    assert [one.values for one in counts if one.values[1]] == [("某市教育局", "1")]
    store.close()
    with sqlite3.connect(store.path) as connection:
        connection.execute("DELETE FROM facts")
        connection.execute("UPDATE facts_made SET version = 0")
    store.create()
    assert list(count_facts(store.read, by, {})) == counts
    store.close()
