"""The catalogue of disclosure over HTTP: counts by class, issuer and year, what it lacks, and the documents counted."""

import datetime
from collections.abc import Iterable
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.catalogue import UNCLASSED, UNSTATED, CatalogueMatrix, CatalogueRow
from schemas.office.findings import Finding
from search.api.routes.office.answers import FindingAnswer, answer_findings
from search.api.table_download import OR_A_FILE, FileFormat, download
from search.http.auth import services_of
from search.http.ports import Services
from search.office.catalogue.classes import load_classes
from search.office.catalogue.entries import Cell, count_catalogue, find_entries
from search.office.catalogue.review import MONTHS, review_catalogue
from search.office.catalogue.table import catalogue_table, entry_table

router = APIRouter(prefix="/catalogue")

Issuer = Annotated[str, Query(max_length=200, description=f"only this 发文机关; {UNSTATED} for none")]
Year = Annotated[str, Query(pattern=rf"^([0-9]{{4}}|{UNSTATED})?$", description=f"only this year; {UNSTATED} for none")]
Months = Annotated[int, Query(ge=1, le=120, description="a class without a newer document is stale")]
Number = Annotated[int | None, Query(alias="class", ge=0, le=15, description="1 to 15; 0: in none of them")]
MOST = 1000


class ClassAnswer(BaseModel):
    """One class of 条例第二十条, and how many documents are in it."""

    model_config = ConfigDict(frozen=True)

    number: int
    mark: str
    text: str
    documents: int


class RowAnswer(BaseModel):
    """One issuer in one year; ``counts`` has the classes that are not empty, by number."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    year: str
    documents: int
    unclassed: int
    counts: dict[int, int]


class CatalogueAnswer(BaseModel):
    """The catalogue: the first thousand rows, and how many more there are."""

    model_config = ConfigDict(frozen=True)

    documents: int
    unclassed: int
    classes: tuple[ClassAnswer, ...]
    rows: tuple[RowAnswer, ...]
    more: int


class EntryAnswer(BaseModel):
    """One document of the catalogue; ``classes`` are numbers, 0 if it is in none."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str
    article: int
    title: str
    issuer: str
    year: str
    signed_on: str | None
    published_on: str | None
    classes: tuple[int, ...]


def matrix_of(services: Services, issuer: str, year: str = "") -> CatalogueMatrix:
    """Return the counts of the documents of the index."""
    return count_catalogue(services.index, Cell(issuer.strip(), year), today=datetime.date.today().isoformat())


def findings_of(services: Services, matrix: CatalogueMatrix, months: int) -> list[Finding]:
    """Return what the catalogue lacks today."""
    return list(review_catalogue(services.index, matrix, today=datetime.date.today(), months=months))


def class_totals(rows: Iterable[CatalogueRow]) -> dict[int, int]:
    """Return how many documents are in each class, by number; those in none under ``UNCLASSED``."""
    listed = list(rows)
    numbers = (UNCLASSED, *(one.number for one in load_classes()))
    return {number: sum(row.counts.get(number, 0) for row in listed) for number in numbers}


@router.get("", summary="The catalogue in counts", response_model=CatalogueAnswer, responses=OR_A_FILE)
def catalogue(
    request: Request, issuer: Issuer = "", year: Year = "", file_format: FileFormat = None
) -> CatalogueAnswer | StreamingResponse:
    """Count the documents by the fifteen classes of 条例第二十条, by issuer and year."""
    rows = matrix_of(services_of(request), issuer, year).rows
    if file_format is not None:
        return download(catalogue_table(rows), file_format)
    totals = class_totals(rows)
    return CatalogueAnswer(
        documents=sum(row.documents for row in rows),
        unclassed=totals[UNCLASSED],
        classes=tuple(
            ClassAnswer(number=one.number, mark=one.mark, text=one.text, documents=totals[one.number])
            for one in load_classes()
        ),
        rows=tuple(map(_row_answer, rows[:MOST])),
        more=max(len(rows) - MOST, 0),
    )


@router.get("/findings", summary="What the catalogue lacks", response_model=list[FindingAnswer], responses=OR_A_FILE)
def findings(
    request: Request, issuer: Issuer = "", months: Months = MONTHS, file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Name the classes without a document, and those without a new one, of all issuers and of each."""
    services = services_of(request)
    found = findings_of(services, matrix_of(services, issuer), months)
    return answer_findings("目录核查", found, file_format)


@router.get("/documents", summary="The documents counted", response_model=list[EntryAnswer], responses=OR_A_FILE)
def documents(
    request: Request, number: Number = None, issuer: Issuer = "", year: Year = "", file_format: FileFormat = None
) -> list[EntryAnswer] | StreamingResponse:
    """List the documents of a class, issuer and year; JSON the first thousand."""
    entries = find_entries(services_of(request).index, Cell(issuer.strip(), year, number))
    if file_format is not None:
        return download(entry_table(entries), file_format)
    return [
        EntryAnswer(
            document=one.key,
            document_id=one.document_id,
            article=one.article,
            title=one.title,
            issuer=one.issuer,
            year=one.year,
            signed_on=one.signed_on,
            published_on=one.published_on,
            classes=one.classes,
        )
        for one in islice(entries, MOST)
    ]


def _row_answer(row: CatalogueRow) -> RowAnswer:
    counts = {number: count for number, count in sorted(row.counts.items()) if number != UNCLASSED}
    unclassed = row.counts.get(UNCLASSED, 0)
    return RowAnswer(issuer=row.issuer, year=row.year, documents=row.documents, unclassed=unclassed, counts=counts)
