"""The facts the office counts, in a table of the SQLite file: written with each document, counted by SQL."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from schemas.codec import decode
from schemas.office.facts import (
    FACT_NAMES,
    LISTS,
    SHOWN,
    Fact,
    FactCount,
    FactField,
    FactFilter,
    FoundFact,
    NewestFact,
    read_place,
)
from schemas.records import DocumentRecord, SectionRow, key_of_order, key_order
from search.office.facts import FACTS_VERSION, make_facts, needs_rows

Read = Callable[..., list[tuple[Any, ...]]]
"""``DocumentStore.read``."""

PAGE = 500
# Each page of keys sorts all that match.
KEYS_PAGE = 10_000
FACTS_PAGE = 5_000
BROAD = {FactField.STATE, FactField.CLASSES, FactField.LACKS, FactField.FOLDER}
"""Fields that select so much that the facts are better looked through in the order of keys."""
_MARKS = ", ".join("?" * (2 + len(FACT_NAMES)))
# The greatest of these tells the newest document (``schemas.office.facts.fact_place``); a later date counts as none.
_PLACE = "max(CASE WHEN {0} <= ? THEN {0} ELSE '' END || ' ' || document_id || ' ' || article)"
_HOLDS = "instr(' ' || {} || ' ', ?)"


def write_facts(connection: sqlite3.Connection, record: DocumentRecord, rows: Sequence[SectionRow]) -> None:
    """Replace the facts of a document."""
    delete_facts(connection, (record.id,))
    values = (
        (record.id, key_order(record.key), *(getattr(fact, name) for name in FACT_NAMES))
        for fact in make_facts(record, rows)
    )
    connection.executemany(f"INSERT INTO facts VALUES ({_MARKS})", values)


def delete_facts(connection: sqlite3.Connection, document_ids: Iterable[str]) -> None:
    """Delete the facts of these documents."""
    connection.executemany("DELETE FROM facts WHERE document_id = ?", ((one,) for one in document_ids))


def make_facts_anew(connection: sqlite3.Connection) -> None:
    """Derive the facts of all documents again if they were derived by another version of this program."""
    if connection.execute("SELECT version FROM facts_made").fetchone()[0] == FACTS_VERSION:
        return
    last = b""
    sql = "SELECT key, record FROM documents WHERE key > ? ORDER BY key LIMIT ?"
    while page := connection.execute(sql, (last, PAGE)).fetchall():
        connection.execute("BEGIN IMMEDIATE")
        for _, record in page:
            decoded = decode(DocumentRecord, record)
            write_facts(connection, decoded, _rows(connection, decoded) if needs_rows(decoded) else ())
        connection.execute("COMMIT")
        last = page[-1][0]
    connection.execute("UPDATE facts_made SET version = ?", (FACTS_VERSION,))


def count_facts(read: Read, by: Sequence[FactField], where: FactFilter) -> Iterator[FactCount]:
    """Yield the counts by the values of these fields; memory grows with the number of counts."""
    columns, (condition, values) = ", ".join(by), _condition(where)
    sql = f"SELECT {columns}, count(*) FROM facts WHERE {condition} GROUP BY {columns} ORDER BY {columns}"
    for row in read(sql, *values):
        yield FactCount(row[:-1], row[-1])


def newest_facts(read: Read, where: FactFilter, *, until: str) -> Iterator[NewestFact]:
    """Yield the newest fact of each unit and classes."""
    condition, values = _condition({FactField.STATE: (SHOWN,), **where})
    places = ", ".join(map(_PLACE.format, (FactField.SIGNED_ON, FactField.PUBLISHED_ON)))
    sql = f"SELECT unit, classes, {places} FROM facts WHERE {condition} GROUP BY unit, classes"
    for unit, classes, *found in read(sql, until, until, *values):
        yield read_place(unit, classes, found)


def list_facts(read: Read, where: FactFilter) -> Iterator[FoundFact]:
    """Yield the facts in ``where``, page by page."""
    condition, values = _condition(where)
    if set(where) <= BROAD:
        # Without the plus every page would sort all that match, found by an index.
        condition = condition.replace("state IN", "+state IN")
    sql = f"""SELECT key, document_id, {", ".join(FACT_NAMES)} FROM facts
        WHERE {condition} AND (key, article) > (?, ?) ORDER BY key, article LIMIT {FACTS_PAGE}"""
    last: tuple[bytes, int] = (b"", 0)
    while page := read(sql, *values, *last):
        for key, document_id, *fact in page:
            yield FoundFact(key_of_order(key), document_id, Fact(*fact))
        last = page[-1][0], page[-1][2]


def records_with(read: Read, where: FactFilter) -> Iterator[DocumentRecord]:
    """Yield the records that have a fact in ``where``, page by page."""
    condition, values = _condition(where)
    sql = f"SELECT DISTINCT key, document_id FROM facts WHERE {condition} AND key > ? ORDER BY key LIMIT {KEYS_PAGE}"
    last = b""
    while page := read(sql, *values, last):
        for start in range(0, len(page), PAGE):
            ids = [document_id for _, document_id in page[start : start + PAGE]]
            marks = ", ".join("?" * len(ids))
            found = read(f"SELECT record FROM documents WHERE id IN ({marks}) ORDER BY key", *ids)
            yield from (decode(DocumentRecord, record) for (record,) in found)
        last = page[-1][0]


def _rows(connection: sqlite3.Connection, record: DocumentRecord) -> list[SectionRow]:
    sql = "SELECT row FROM sections WHERE document_id = ? ORDER BY article, ordinal"
    return [decode(SectionRow, row) for (row,) in connection.execute(sql, (record.id,))]


def _condition(where: FactFilter) -> tuple[str, list[str]]:
    """Return the condition of a query, and its values."""
    parts, values = ["1"], []
    for name, wanted in where.items():
        if name in LISTS:
            # That it is not empty lets the query use the index of letters.
            parts.append(f"{name} <> '' AND ({' OR '.join([_HOLDS.format(name)] * len(wanted)) or 0})")
            values += [f" {one} " for one in wanted]
        else:
            parts.append(f"{name} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    return " AND ".join(parts), values
