"""The office's own columns over HTTP: counts by unit, sub-site and year, what they lack, and the documents counted."""

import datetime
from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.catalogues.columns import Column, ColumnMatrix
from schemas.office.findings import Finding
from search.api.routes.office.answers import FindingAnswer, answer_findings
from search.api.routes.office.catalogue import Issuer, Year
from search.api.table_download import OR_A_FILE, FileFormat, download
from search.http.auth import services_of
from search.http.errors import responses
from search.http.ports import Services
from search.office.catalogue.columns.matrix import Selection, count_columns, find_column_entries
from search.office.catalogue.columns.review import DAYS, review_columns
from search.office.catalogue.columns.table import column_entry_table, column_table

router = APIRouter(prefix="/columns", responses=responses(404))

Site = Annotated[str, Query(max_length=200, description="only this sub-site (first folder of a key); / for none")]
Number = Annotated[int | None, Query(alias="column", ge=0, le=1000, description="from 1; 0: in none of them")]
Days = Annotated[int, Query(ge=1, le=3660, description="a column without a newer document is stale")]
MOST = 1000


class ColumnRowAnswer(BaseModel):
    """One unit of one sub-site in one year; ``counts`` by the name of the column."""

    model_config = ConfigDict(frozen=True)

    site: str
    unit: str
    year: str
    documents: int
    counts: dict[str, int]


class ColumnsAnswer(BaseModel):
    """The columns in counts: the first thousand rows, and how many more there are."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[str, ...]
    rows: tuple[ColumnRowAnswer, ...]
    more: int


class ColumnEntryAnswer(BaseModel):
    """One document of the columns; ``columns`` are numbers, 0 if it is in none."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str
    article: int
    title: str
    unit: str
    site: str
    year: str
    columns: tuple[int, ...]


def columns_of(services: Services) -> Sequence[Column]:
    """Return the office's columns.

    Raises:
        HTTPException: The settings name no file of them (404).
    """
    if not services.office.columns:
        raise HTTPException(404, "没有栏目文件；请在 GONGKAI_OFFICE_CLASSES 中指定 (no file of columns is set)")
    return services.office.columns


def column_matrix(services: Services, selection: Selection) -> ColumnMatrix:
    """Return the counts of the selected documents."""
    entries = find_column_entries(services.index, columns_of(services), selection)
    return count_columns(entries, today=datetime.date.today().isoformat())


def column_findings(services: Services, matrix: ColumnMatrix, days: int) -> list[Finding]:
    """Return which columns are empty or stale today."""
    return list(review_columns(columns_of(services), matrix, today=datetime.date.today(), days=days))


@router.get("", summary="The office's own columns in counts", response_model=ColumnsAnswer, responses=OR_A_FILE)
def columns(
    request: Request, issuer: Issuer = "", site: Site = "", year: Year = "", file_format: FileFormat = None
) -> ColumnsAnswer | StreamingResponse:
    """Count the documents by the columns of the office's file, by unit, sub-site and year."""
    services = services_of(request)
    known = columns_of(services)
    rows = column_matrix(services, Selection(issuer.strip(), site, year)).rows
    if file_format is not None:
        return download(column_table(known, rows), file_format)
    names = {one.number: one.name for one in known}
    told = tuple(
        ColumnRowAnswer(
            site=row.site,
            unit=row.unit,
            year=row.year,
            documents=row.documents,
            counts={names.get(number, ""): count for number, count in sorted(row.counts.items())},
        )
        for row in rows[:MOST]
    )
    return ColumnsAnswer(columns=tuple(names.values()), rows=told, more=max(len(rows) - MOST, 0))


@router.get("/findings", summary="Empty and stale columns", response_model=list[FindingAnswer], responses=OR_A_FILE)
def findings(
    request: Request, issuer: Issuer = "", site: Site = "", days: Days = DAYS, file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Name the columns without a document, and those without a new one, of all sub-sites and of each."""
    services = services_of(request)
    found = column_findings(services, column_matrix(services, Selection(issuer.strip(), site)), days)
    return answer_findings("栏目核查", found, file_format)


@router.get("/documents", summary="The documents counted", response_model=list[ColumnEntryAnswer], responses=OR_A_FILE)
def documents(
    request: Request,
    number: Number = None,
    issuer: Issuer = "",
    site: Site = "",
    year: Year = "",
    file_format: FileFormat = None,
) -> list[ColumnEntryAnswer] | StreamingResponse:
    """List the documents of a column, unit, sub-site and year; JSON the first thousand."""
    services = services_of(request)
    known = columns_of(services)
    entries = find_column_entries(services.index, known, Selection(issuer.strip(), site, year, number))
    if file_format is not None:
        return download(column_entry_table(known, entries), file_format)
    return [
        ColumnEntryAnswer(
            document=one.key,
            document_id=one.document_id,
            article=one.article,
            title=one.title,
            unit=one.unit,
            site=one.site,
            year=one.year,
            columns=one.columns,
        )
        for one in islice(entries, MOST)
    ]
