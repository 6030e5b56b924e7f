"""The documents that say something of the validity of others, found in the index by the words they say it with."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from schemas.office.validity import Source
from schemas.outcomes import SEARCHABLE
from schemas.queries import Query
from schemas.records import DocumentRecord
from search.protocol import Index

SourceOf = Callable[[DocumentRecord], Source | None]

WORDS = (
    "废止", "失效", "停止执行", "停止施行", "不再执行", "作废", "取代", "继续有效", "予以保留",
    "作如下修改", "作出修改", "予以修改", "修改为", "删去", "title:修改", "title:修订",
)  # fmt: skip
_PAGE = 100


def find_sources(index: Index, source_of: SourceOf) -> Iterator[Source]:
    """Yield each document with a statement once, a page of candidates at a time."""
    seen: set[str] = set()
    for word in WORDS:
        text = word if ":" in word else f'"{word}"'
        for identifiers in _pages(index, Query(text, size=_PAGE, sections_each=1, fold=False)):
            fresh = [one for one in identifiers if one not in seen]
            seen.update(fresh)
            for record in index.records_of(fresh).values():
                source = source_of(record) if record.state in SEARCHABLE else None
                if source is not None and source.statements:
                    yield source


def _pages(index: Index, query: Query) -> Iterator[list[str]]:
    cursors: set[str] = set()
    while True:
        result = index.search(query)
        yield list(dict.fromkeys(hit.document_id for hit in result.hits))
        if result.cursor is None or result.cursor in cursors:
            return
        cursors.add(result.cursor)
        query = replace(query, cursor=result.cursor)
