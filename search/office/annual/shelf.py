"""The annual reports among all documents, and how many normative documents are held of a unit, from the index."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from schemas.office.annual_report import AnnualReport
from schemas.outcomes import State
from schemas.queries import DocumentHit, Query
from schemas.records import DocumentRecord
from search.office.annual.units import unit_key
from search.protocol import Index

ReportOf = Callable[[DocumentRecord], AnnualReport | None]

_GENRE = "年度报告"
_PAGE = 100
_SHOWN = (State.INDEXED, State.PARTIAL)
# 规 in the 代字 marks a normative document (行政规范性文件) since 国办发〔2018〕37号: 穗民规字〔2024〕3号.
_MARK = "规"


def find_reports(index: Index, report_of: ReportOf) -> Iterator[AnnualReport]:
    """Yield every annual report there is, read into its cells; a page of documents at a time."""
    for hits in _pages(index, Query("", kind=_GENRE, size=_PAGE, sections_each=1, fold=False)):
        records = index.records_of(list(dict.fromkeys(hit.document_id for hit in hits)))
        for record in records.values():
            report = report_of(record) if record.state in _SHOWN else None
            if report is not None:
                yield report


def count_normative(index: Index, unit: str) -> int:
    """Return how many documents with the mark of a normative one are held of a unit."""
    names = dict.fromkeys((unit, f"{unit_key(unit)}人民政府", unit_key(unit)))
    found: set[tuple[str, int]] = set()
    for name in names:
        for hits in _pages(index, Query("", issuer=name, size=_PAGE, sections_each=1, fold=False)):
            found |= {(hit.document_id, hit.article) for hit in hits if _MARK in (hit.document_number or "")}
    return len(found)


def counter_of(index: Index) -> Callable[[str], int]:
    """Return ``count_normative`` over an index."""
    return partial(count_normative, index)


def _pages(index: Index, query: Query) -> Iterator[tuple[DocumentHit, ...]]:
    cursors: set[str] = set()
    while True:
        result = index.search(query)
        yield result.hits
        if result.cursor is None or result.cursor in cursors:
            return
        cursors.add(result.cursor)
        query = replace(query, cursor=result.cursor)
