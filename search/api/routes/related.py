"""Related to a search: suggestions while typing, similar sections, citations, statistics as a table."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from schemas.queries import StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord
from search.api.originals import disposition
from search.api.parameters import MAX_QUERY_LENGTH, Value, Year
from search.api.responses import Citations, SearchAnswer, Statistics, search_answer
from search.api.routes.search import MEDIA_TYPES
from search.api.tables import Cell, csv_lines
from search.http.auth import READING, services_of, shown_record
from search.http.errors import responses

router = APIRouter(prefix="/v1", dependencies=[Depends(READING)])

Identifier = Annotated[str, Path(max_length=64, description="`document_id` of a hit")]
Article = Annotated[int, Query(ge=0, le=1_000_000, description="0-based, as in a hit")]
MAX_ROWS = 10_000
COLUMNS = ("发文机关", "年份", "事项", "指标", "数值", "单位", "文件标题", "依据", "文件")


class StatisticsConditions(BaseModel):
    """Conditions on statistics; every condition that is set must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: Value | None = Field(None, description="a part of what is counted", examples=["主动公开"])
    measure: Value | None = Field(None, description="a part of the aspect, or of the column of a table")
    issuer: Value | None = Field(None, description="发文机关, exact")
    year: Year | None = Field(None, description="year the number is about, else of its document")
    prefix: Annotated[str, Field(max_length=1024)] | None = Field(None, description="start of the key")

    def query(self) -> StatisticsQuery:
        """Return the query for the index."""
        return StatisticsQuery(
            subject=self.subject or None,
            measure=self.measure or None,
            issuer=self.issuer or None,
            year=self.year,
            prefix=self.prefix or None,
        )


class StatisticsParameters(StatisticsConditions):
    """Conditions on statistics, the format, and the maximum of rows."""

    format: Literal["json", "csv"] = Field("json", description="csv has all rows, json the first `size`")
    size: int = Field(1000, ge=1, le=MAX_ROWS, description="rows at most; json only")


@router.get("/suggest", tags=["search"], summary="Suggest while typing", responses=responses())
def suggest(
    request: Request,
    response: Response,
    q: Annotated[str, Query(max_length=MAX_QUERY_LENGTH, description="what stands in the search box so far")] = "",
    size: Annotated[int, Query(ge=1, le=20)] = 8,
) -> list[Suggestion]:
    """Return titles, issuers, 文号 and headings that begin with `q`, or whose pinyin initials do."""
    response.headers["Cache-Control"] = "private, max-age=60"
    return services_of(request).index.suggest(q, size=size) if q.strip() else []


@router.get(
    "/documents/{identifier}/similar",
    tags=["documents"],
    summary="Sections of the same matter",
    responses=responses(404, 410),
)
def similar(
    request: Request,
    identifier: Identifier,
    article: Article = 0,
    ordinal: Annotated[int, Query(ge=0, le=1_000_000, description="of the section, as in a hit")] = 0,
    size: Annotated[int, Query(ge=1, le=100)] = 10,
) -> SearchAnswer:
    """Return other articles with sections similar to this one."""
    services = services_of(request)
    shown_record(services, identifier)
    return search_answer(services.index.similar(identifier, article, ordinal, size=size), page=1, size=size)


@router.get(
    "/documents/{identifier}/citations",
    tags=["documents"],
    summary="What it cites and what cites it",
    responses=responses(404, 410),
)
def citations(request: Request, identifier: Identifier, article: Article = 0) -> Citations:
    """Return the articles of this collection that an article cites by 文号 or title, and those that cite it.

    `names` are all documents it cites, including those outside the collection.
    """
    index = services_of(request).index
    names = _cited_names(shown_record(services_of(request), identifier), article)
    return Citations(names, tuple(index.list_cited(names)), tuple(index.list_citing(identifier, article)))


@router.get(
    "/statistics",
    tags=["search"],
    summary="Numbers across documents",
    response_model=Statistics,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}}, **responses()},
)
def statistics(request: Request, asked: Annotated[StatisticsParameters, Query()]) -> Statistics | StreamingResponse:
    """Return statistics that documents state, such as the number of items each issuer published each year."""
    rows = _fetch_first(services_of(request).index.statistics(asked.query()))
    if asked.format == "json":
        return first_statistics(rows, asked.size)
    sent = {"Content-Disposition": disposition("统计数据.csv"), "Cache-Control": "no-store"}
    return StreamingResponse(csv_lines(COLUMNS, map(_cells, rows)), media_type=MEDIA_TYPES["csv"], headers=sent)


def first_statistics(rows: Iterator[StatisticRow], size: int) -> Statistics:
    """Return the first ``size`` rows, and whether there are more."""
    found = tuple(islice(rows, size + 1))
    return Statistics(found[:size], len(found) > size)


def _fetch_first(rows: Iterator[StatisticRow]) -> Iterator[StatisticRow]:
    """Return the same rows with the first one fetched, so that an index that is down is noticed before the response."""
    first = tuple(islice(rows, 1))
    return (row for part in (first, rows) for row in part)


def _cells(row: StatisticRow) -> tuple[Cell, ...]:
    facts = (row.issuer, row.year, row.subject, row.measure, row.value, row.unit)
    return (*facts, row.title, row.evidence, row.key)


def _cited_names(record: DocumentRecord, article: int) -> tuple[str, ...]:
    for summary in record.articles:
        if summary.ordinal == article:
            return summary.cites
    raise HTTPException(404, "the document has no such article")
