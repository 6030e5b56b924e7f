"""A small index, inbox and event sink in memory: what the HTTP tests stand on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schemas.errors import DependencyError, ObjectChangedError
from schemas.events import ObjectEvent
from schemas.office.facts import (
    SHOWN,
    Fact,
    FactCount,
    FactField,
    FactFilter,
    FoundFact,
    NewestFact,
    fact_place,
    holds,
    read_place,
)
from schemas.queries import (
    FACETS,
    ArticleLink,
    DocumentHit,
    Facet,
    FacetValue,
    Query,
    SearchResult,
    SectionHit,
    Snippet,
    StatisticRow,
    StatisticsQuery,
    Suggestion,
)
from schemas.records import DocumentRecord, SectionRow, key_order
from search.http.ports import Original
from search.office.facts import make_facts
from tests.support.fakes.records import MemoryRecords


def mark(text: str, words: Sequence[str]) -> Snippet:
    """Mark every occurrence of the words."""
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        word = next((w for w in words if text.startswith(w, at)), "")
        if word:
            ranges.append((at, at + len(word)))
        at += len(word) or 1
    return Snippet(text, tuple(ranges))


@dataclass
class MemoryIndex(MemoryRecords):
    """Records in memory under a search that only looks for the words of a question.

    What a search finds, counts and marks is the matter of the contract suite of indexes; HTTP tests need some answer.

    Attributes:
        asked: The queries that came.
        links: What ``list_citing`` and ``list_cited`` answer, by document.
        instead: What every search proposes instead.
        notes: What every search notes.
    """

    asked: list[Query] = field(default_factory=list)
    links: dict[str, list[ArticleLink]] = field(default_factory=dict)
    instead: str | None = None
    notes: tuple[str, ...] = ()

    def bootstrap(self) -> list[str]:
        return []

    def verify(self) -> None:
        self.reach()

    def describe(self) -> str:
        self.reach()
        return "memory index"

    def search(self, query: Query) -> SearchResult:
        self.reach()
        self.asked.append(query)
        words = query.text.replace("“", " ").replace("”", " ").replace('"', " ").split()
        found = [row for rows in self.all_rows() for row in rows if _fits(row, query, words)]
        grouped: dict[tuple[str, int], list[SectionRow]] = {}
        for row in found:
            grouped.setdefault((row.document_id, row.article), []).append(row)
        hits = [_hit(some, words, query) for some in grouped.values()]
        start = int(query.cursor) if query.cursor and query.cursor.isdecimal() else query.offset
        end = start + query.size
        return SearchResult(
            documents=len(hits),
            sections=len(found),
            hits=tuple(hits[start:end]),
            milliseconds=7.4,
            facets=tuple(_facet(name, list(grouped.values())) for name in query.facets),
            cursor=str(end) if end < len(hits) else None,
            instead=self.instead,
            notes=self.notes,
        )

    def suggest(self, typed: str, *, size: int = 8) -> list[Suggestion]:
        self.reach()
        titles = {row.title for rows in self.all_rows() for row in rows if row.title}
        return [Suggestion(title, "title", 1) for title in sorted(titles) if title.startswith(typed)][:size]

    def similar(self, document_id: str, article: int, ordinal: int, *, size: int = 10) -> SearchResult:
        others = [rows for rows in self.all_rows() if rows and rows[0].document_id != document_id]
        hits = tuple(_hit(rows[ordinal : ordinal + 1] or rows, (), Query("")) for rows in others[:size])
        return SearchResult(len(hits), len(hits), hits, 1.0)

    def list_citing(self, document_id: str, article: int, *, size: int = 100) -> list[ArticleLink]:
        return list(self.links.get(document_id, ()))[:size]

    def list_cited(self, keys: Sequence[str], *, size: int = 100) -> list[ArticleLink]:
        return [link for links in self.links.values() for link in links if link.document_number in keys][:size]

    def statistics(self, query: StatisticsQuery) -> Iterator[StatisticRow]:
        return iter(())

    def count_facts(self, by: Sequence[FactField], where: FactFilter) -> Iterator[FactCount]:
        counted = Counter(tuple(str(getattr(fact, name)) for name in by) for _, fact in self._facts(where))
        return (FactCount(values, count) for values, count in sorted(counted.items()))

    def newest_facts(self, where: FactFilter, *, until: str) -> Iterator[NewestFact]:
        found: dict[tuple[str, str], list[str]] = {}
        for record, fact in self._facts({FactField.STATE: (SHOWN,), **where}):
            dates = (date for date in (fact.signed_on, fact.published_on) if date <= until)
            place = fact_place(record.id, fact.article, max(dates, default=""))
            found.setdefault((fact.unit, fact.classes), []).append(place)
        return (read_place(*group, places) for group, places in sorted(found.items()))

    def list_facts(self, where: FactFilter) -> Iterator[FoundFact]:
        found = [FoundFact(record.key, record.id, fact) for record, fact in self._facts(where)]
        return iter(sorted(found, key=lambda one: (key_order(one.key), one.fact.article)))

    def records_with(self, where: FactFilter) -> Iterator[DocumentRecord]:
        ids = {record.id for record, _ in self._facts(where)}
        return iter([record for record in self.records(limit=len(self._records)) if record.id in ids])

    def _facts(self, where: FactFilter) -> Iterator[tuple[DocumentRecord, Fact]]:
        self.reach()
        for record in self._records.values():
            for fact in make_facts(record, self._rows[record.id]):
                if holds(fact, where):
                    yield record, fact

    def lacks(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        pass


def _fits(row: SectionRow, query: Query, words: Sequence[str]) -> bool:
    text = f"{row.title} {row.heading} {row.text} {row.text_original}"
    return (
        all(word in text for word in words)
        and query.issuer in (None, row.issuer)
        and query.year in (None, row.year)
        and row.key.startswith(query.prefix or "")
        and all(getattr(query, name) in (None, getattr(row, name)) for name in FACETS)
    )


def _facet(name: str, articles: Sequence[Sequence[SectionRow]]) -> Facet:
    counts = Counter(str(value) for rows in articles for value in {getattr(row, name) for row in rows} if value)
    return Facet(name, tuple(FacetValue(value, count) for value, count in counts.most_common()))


def _hit(rows: Sequence[SectionRow], words: Sequence[str], query: Query) -> DocumentHit:
    first = rows[0]
    sections = tuple(
        SectionHit(
            row.ordinal,
            row.level,
            row.number,
            mark(row.heading_original or row.heading, words) if row.heading else None,
            row.path,
            mark((row.text_original or row.text)[:160], words),
            1.0,
            row.page,
            role=row.role,
        )
        for row in rows[: query.sections_each]
    )
    return DocumentHit(
        document_id=first.document_id,
        article=first.article,
        key=first.key,
        title=mark(first.title_original or first.title or "", words),
        issuer=first.issuer,
        document_number=first.document_number,
        signed_on=first.signed_on,
        published_on=first.published_on,
        format=first.format,
        score=1.0,
        sections=sections,
        kind=first.kind,
        reasons=("标题与检索词相符。",) if query.explain else (),
    )


@dataclass
class MemoryOriginals:
    kept: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    down: bool = False

    def open(self, key: str, *, etag: str) -> Original | None:
        if key not in self.kept:
            return None
        now, data = self.kept[key]
        if now != etag:
            raise ObjectChangedError(key)
        return Original(len(data), iter([data[:3], data[3:]]))

    def describe(self) -> str:
        if self.down:
            raise DependencyError("object store http://store:9000", "connection refused")
        return "memory objects"


@dataclass
class MemorySink:
    received: list[ObjectEvent] = field(default_factory=list)
    down: bool = False

    def send(self, events: list[ObjectEvent]) -> None:
        if self.down:
            raise DependencyError("broker redis://broker:6379", "connection refused")
        self.received.extend(events)

    def describe(self) -> str:
        self.send([])
        return "memory broker"
