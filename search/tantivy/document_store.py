"""The SQLite file beside a tantivy index: records, stored sections, and the documents pending for tantivy.

This file is the source of truth; the tantivy index is derived from it. A batch is written here first, its documents
marked pending; once tantivy has committed them the mark is removed. After a crash in between, the pending documents are
indexed again, so that no record refers to rows that cannot be found.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from schemas.codec import decode, encode
from schemas.errors import DependencyError
from schemas.outcomes import State
from schemas.queries import StatisticsQuery
from schemas.records import DocumentRecord, RecordKey, SectionRow, key_order, record_key
from search.results.citations import document_cites, document_names
from search.results.row_keys import WITHOUT_ROWS
from search.tantivy.facts import delete_facts, make_facts_anew, write_facts
from search.tantivy.tables import MOMENT, STATISTICS, STEPS

PAGE = 1000
ANEW = (
    "stop `gongkai run`, move the folder of the index aside and start it again: everything is made anew from the "
    "inbox, and what people released stays released"
)

Replacement = tuple[DocumentRecord, Sequence[SectionRow]]


class DocumentStore:
    """Records and sections in the file ``path``; every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []

    def create(self) -> bool:
        """Create the file and any missing tables; return False if none was missing."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lend_connection() as connection:
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if not found:
                connection.execute("PRAGMA journal_mode = WAL")
            for step in STEPS[found:]:
                connection.executescript(step)
            make_facts_anew(connection)
            return bool(found < len(STEPS))

    def verify(self) -> None:
        """Check the whole file for damage; takes long, so run it only on request.

        Raises:
            DependencyError: The file is damaged, or cannot be read.
        """
        for (said,) in self.read("PRAGMA quick_check(1)"):
            if said != "ok":
                raise DependencyError("index", f"{self.path} is damaged ({said}); {ANEW}")

    def write(self, batch: Iterable[Replacement]) -> None:
        """Replace the records and sections of ``batch``, and mark them pending."""
        with self._transaction() as connection:
            for record, sections in batch:
                for table in ("sections", "links"):
                    connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (record.id,))
                connection.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, 1, ?, ?)", _columns(record))
                rows = ((row.document_id, row.article, row.ordinal, encode(row)) for row in sections)
                connection.executemany("INSERT INTO sections VALUES (?, ?, ?, ?)", rows)
                if sections:
                    connection.executemany("INSERT INTO links VALUES (?, ?, ?)", _links(record))
                write_facts(connection, record, sections)

    def settle(self, document_ids: Iterable[str]) -> None:
        """Mark these documents as committed to tantivy; if a crash loses the marks, they are only indexed twice."""
        with self._transaction(durable=False) as connection:
            values = ((document_id,) for document_id in document_ids)
            connection.executemany("UPDATE documents SET pending = 0 WHERE id = ?", values)

    def forget(self, document_ids: Sequence[str]) -> None:
        """Delete records."""
        with self._transaction() as connection:
            values = [(document_id,) for document_id in document_ids]
            connection.executemany("DELETE FROM sections WHERE document_id = ?", values)
            connection.executemany("DELETE FROM links WHERE document_id = ?", values)
            connection.executemany("DELETE FROM documents WHERE id = ?", values)
            delete_facts(connection, document_ids)

    def compact(self) -> None:
        """Rewrite the file without deleted data, and empty its log (SQLite: VACUUM, wal_checkpoint)."""
        with self._lend_connection() as connection:
            connection.executescript("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")

    def mark_all_pending(self) -> None:
        """Mark all documents as pending for tantivy."""
        with self._transaction() as connection:
            connection.execute("UPDATE documents SET pending = 1 WHERE NOT pending")

    def list_pending(self) -> list[str]:
        """Return the identifiers of documents pending for tantivy."""
        return [row[0] for row in self.read("SELECT id FROM documents WHERE pending")]

    def record(self, document_id: str) -> DocumentRecord | None:
        """Return one record."""
        for row in self.read("SELECT record FROM documents WHERE id = ?", document_id):
            return decode(DocumentRecord, row[0])
        return None

    def find_recorded(self, document_ids: Sequence[str]) -> set[str]:
        """Return which of these documents have a record."""
        return {one for one in document_ids if any(self.read("SELECT 1 FROM documents WHERE id = ?", one))}

    def keys(self, prefix: str) -> Iterator[RecordKey]:
        """Stream the keys below ``prefix``, page by page, because a long read would keep the log from being emptied."""
        low, high = _range(prefix)
        sql = f"SELECT seen, key FROM documents WHERE key {{}} ? AND key < ? ORDER BY key LIMIT {PAGE}"
        rows = self.read(sql.format(">="), low, high)
        while rows:
            for seen, _ in rows:
                yield decode(RecordKey, seen)
            rows = self.read(sql.format(">"), rows[-1][1], high)

    def records(self, prefix: str, states: Sequence[State], limit: int, *, after: str = "") -> list[DocumentRecord]:
        """Return records below ``prefix`` in ``states`` (all if empty), ascending by key, after ``after``."""
        wanted = f" AND state IN ({', '.join('?' * len(states))})" if states else ""
        sql = f"SELECT record FROM documents WHERE key >= ? AND key < ? AND key > ?{wanted} ORDER BY key LIMIT ?"
        return [decode(DocumentRecord, row[0]) for row in self.read(sql, *_range(prefix), _key(after), *states, limit)]

    def since(self, moment: float) -> Iterator[DocumentRecord]:
        """Stream the records whose ``indexed_at`` is at least ``moment``, ascending by it, page by page."""
        # Only the first condition uses the index.
        sql = f"""SELECT record, {MOMENT}, rowid FROM documents WHERE {MOMENT} >= ?1 AND ({MOMENT} > ?1 OR rowid > ?2)
            ORDER BY {MOMENT}, rowid LIMIT {PAGE}"""
        rows = self.read(sql, moment, -1)
        while rows:
            for record, _, _ in rows:
                yield decode(DocumentRecord, record)
            rows = self.read(sql, *rows[-1][1:])

    def newest(self, state: State | None, limit: int) -> list[DocumentRecord]:
        """Return the records (in a state) with the greatest ``indexed_at``, descending by it."""
        where, values = ("WHERE state = ?", (state.value,)) if state else ("", ())
        sql = f"SELECT record FROM documents {where} ORDER BY {MOMENT} DESC LIMIT ?"
        return [decode(DocumentRecord, row[0]) for row in self.read(sql, *values, limit)]

    def counts(self, prefix: str) -> dict[State, int]:
        """Count records by state."""
        sql = "SELECT state, count(*) FROM documents WHERE key >= ? AND key < ? GROUP BY state"
        return {State(state): count for state, count in self.read(sql, *_range(prefix))}

    def ids(self, prefix: str) -> list[str]:
        """Return the identifiers of all documents below ``prefix``."""
        return [row[0] for row in self.read("SELECT id FROM documents WHERE key >= ? AND key < ?", *_range(prefix))]

    def find_linked(self, keys: Sequence[str], *, cites: bool, limit: int) -> list[DocumentRecord]:
        """Return records of documents that have one of the names ``keys``, or that cite one, ascending by key."""
        marks = ", ".join("?" * len(keys))
        sql = (
            f"SELECT record FROM documents WHERE id IN (SELECT document_id FROM links WHERE name IN ({marks}) "
            "AND cites = ?) ORDER BY key LIMIT ?"
        )
        return [decode(DocumentRecord, row[0]) for row in self.read(sql, *keys, int(cites), limit)]

    def stream_with_statistics(self, prefix: str, asked: StatisticsQuery) -> Iterator[DocumentRecord]:
        """Stream the shown records below ``prefix`` with a statistic of this subject and measure, ascending by key."""
        low, high = _range(prefix)
        states = ", ".join(f"'{state}'" for state in State if state not in WITHOUT_ROWS)
        sql = (
            f"SELECT record, key FROM documents WHERE key {{}} ? AND key < ? AND state IN ({states}) "
            f"AND EXISTS ({STATISTICS}) ORDER BY key LIMIT {PAGE}"
        )
        wanted = (asked.subject or "", asked.measure or "", *[asked.issuer or ""] * 2)
        rows = self.read(sql.format(">="), low, high, *wanted)
        while rows:
            yield from (decode(DocumentRecord, row[0]) for row in rows)
            rows = self.read(sql.format(">"), rows[-1][1], high, *wanted)

    def sections(self, document_id: str) -> list[SectionRow]:
        """Return the rows of one document, by article and ordinal."""
        sql = "SELECT row FROM sections WHERE document_id = ? ORDER BY article, ordinal"
        return [decode(SectionRow, row[0]) for row in self.read(sql, document_id)]

    def section(self, document_id: str, article: int, ordinal: int) -> SectionRow | None:
        """Return one row, or None if it is gone."""
        sql = "SELECT row FROM sections WHERE document_id = ? AND article = ? AND ordinal = ?"
        for row in self.read(sql, document_id, article, ordinal):
            return decode(SectionRow, row[0])
        return None

    def close(self) -> None:
        """Close all connections; no thread may use one."""
        while self._idle:
            self._idle.pop().close()

    def read(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows that a query selects."""
        with self._lend_connection() as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        with self._lend_connection() as connection:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _lend_connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection from the pool, which grows to the maximum of concurrent users."""
        try:
            # list.pop and list.append are atomic, so the list needs no lock.
            connection = self._idle.pop() if self._idle else self._connect()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise _explain(self.path, error) from error
        finally:
            self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
        except sqlite3.OperationalError as error:
            if not self.path.parent.exists():
                raise DependencyError("index", no_index_message(self.path.parent)) from error
            raise _explain(self.path, error) from error
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            connection.close()
            raise _explain(self.path, error) from error
        if version > len(STEPS):
            connection.close()
            message = f"{self.path} is of version {version}, and this program knows {len(STEPS)} at most"
            raise DependencyError("index", f"{message}: a newer one wrote it; start that one again, or {ANEW}")
        return connection


def _explain(path: Path, error: sqlite3.DatabaseError) -> Exception:
    """Return the error to raise for an error of SQLite; one caused by our code (a duplicate row) stays unchanged."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the primary result code
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DependencyError("index", f"{path} is damaged ({error}); {ANEW}")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return DependencyError("index", f"{path}: {error}; make room or look at the disk, it then goes on by itself")
    return DependencyError("index", f"{path}: {error}") if isinstance(error, sqlite3.OperationalError) else error


def no_index_message(folder: Path) -> str:
    """Return the message for an index that does not exist yet."""
    return f"there is none in {folder} yet; `gongkai run` makes it, GONGKAI_DATA_DIR names another folder"


def _columns(record: DocumentRecord) -> tuple[object, ...]:
    return record.id, _key(record.key), record.etag, record.state, encode(record_key(record)), encode(record)


def _links(record: DocumentRecord) -> Iterator[tuple[str, int, str]]:
    yield from ((name, 0, record.id) for name in document_names(record))
    yield from ((name, 1, record.id) for name in document_cites(record))


def _key(key: str) -> bytes:
    # Bytes, so that the order is that of UTF-8, independent of collations.
    return key_order(key)


def _range(prefix: str) -> tuple[bytes, bytes]:
    low = _key(prefix)
    # No UTF-8 text contains the byte 0xff.
    return low, low + b"\xff"
