"""The tools: each makes a bounded read of the index, and shows no document that the HTTP API would not show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import HTTPException
from pydantic import BaseModel

from schemas.records import SectionRow
from search.api.mcp.answers import Described, Found, SectionText, describe_document, list_hits, section_text
from search.api.mcp.arguments import DocumentArguments, SearchArguments, SectionArguments, StatisticsArguments
from search.api.responses import Statistics
from search.api.routes.related import first_statistics
from search.http.auth import shown_record
from search.http.ports import Services

A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ReadTool(Generic[A]):
    """A tool.

    Attributes:
        title: Title for people.
        description: Description for the model that chooses among tools.
        arguments: Model of its arguments.
        answer: Dataclass of its result.
        run: Queries the index; raises ``HTTPException`` with the reason if there is no result.
    """

    title: str
    description: str
    arguments: type[A]
    answer: type
    run: Callable[[Services, A], Any]


def search(services: Services, asked: SearchArguments) -> Found:
    """Return one page of hits."""
    return list_hits(services.index.search(asked.query()), site=services.access.public_url)


def document(services: Services, asked: DocumentArguments) -> Described:
    """Return the metadata and outline of a document.

    Raises:
        HTTPException: The document does not exist, or may not be shown.
    """
    record = shown_record(services, asked.document_id)
    rows = services.index.sections(asked.document_id)
    return describe_document(record, rows, skip=asked.skip, site=services.access.public_url)


def section(services: Services, asked: SectionArguments) -> SectionText:
    """Return the text of a section.

    Raises:
        HTTPException: The section does not exist, or its document may not be shown.
    """
    shown_record(services, asked.document_id)
    rows = [row for row in services.index.sections(asked.document_id) if row.article == asked.article]
    first = next((row for row in rows if row.ordinal == asked.ordinal), None)
    if first is None:
        raise HTTPException(404, "the document has no such section; `document` lists those it has")
    wanted = [row for row in rows if _is_below(row, first)] if asked.below else [first]
    return section_text(wanted, skip=asked.skip, site=services.access.public_url)


def statistics(services: Services, asked: StatisticsArguments) -> Statistics:
    """Return statistics that documents state."""
    return first_statistics(services.index.statistics(asked.query()), asked.size)


def _is_below(row: SectionRow, first: SectionRow) -> bool:
    """Return whether a row is ``first`` or below it; its place is compared first, because labels may repeat."""
    return row.ordinal >= first.ordinal and row.path[: len(first.path)] == first.path


TOOLS: dict[str, ReadTool[Any]] = {
    "search": ReadTool(
        "检索",
        "Full-text search over the sections of disclosed Chinese government documents (政务公开). "
        "Answers with articles, best first, each with its best sections; read one with `section`.",
        SearchArguments,
        Found,
        search,
    ),
    "document": ReadTool(
        "文件",
        "What is known of one document (title, 发文机关, 文号, dates of each of its articles) and its outline.",
        DocumentArguments,
        Described,
        document,
    ),
    "section": ReadTool(
        "章节",
        "The text of one section as it was written, alone or with the sections below it.",
        SectionArguments,
        SectionText,
        section,
    ),
    "statistics": ReadTool(
        "统计数据",
        "Numbers that documents state, such as how many items each issuer published in a year, with the words they "
        "were read from.",
        StatisticsArguments,
        Statistics,
        statistics,
    ),
}
