"""Deadlines over HTTP: for the publication of a year's documents, and for a sent register of applications."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.deadlines import Deadline, DeadlineState
from schemas.office.facts import FactFilter
from schemas.office.findings import basis_text
from search.api.table_download import OR_A_FILE, FileFormat, download
from search.http.auth import Writer, services_of
from search.http.errors import responses
from search.http.ports import Services
from search.http.sent_file import Sent, require_reader, written_down
from search.office.catalogue.entries import Cell
from search.office.deadlines.applications import Asked, application_deadlines
from search.office.deadlines.calendar import load_calendar
from search.office.deadlines.publication import publication_deadlines, publication_pairs
from search.office.deadlines.table import deadline_table
from search.office.records.tables import Records, read_records, say_errors

router = APIRouter(prefix="/deadlines")

State = Annotated[list[DeadlineState] | None, Query(description="only in these states; by default all but kept ones")]
Year = Annotated[int | None, Query(ge=1, le=9999, description="of 成文日期; by default this year")]
Issuer = Annotated[str, Query(max_length=200, description="only documents of this office")]

SHOWN_STATES = tuple(state for state in DeadlineState if state is not DeadlineState.KEPT)
MOST = 1000


class DeadlineAnswer(BaseModel):
    """One deadline."""

    model_config = ConfigDict(frozen=True)

    rule: str
    bases: tuple[str, ...]
    state: DeadlineState
    subject: str
    started_on: datetime.date | None
    due_on: datetime.date | None
    done_on: datetime.date | None
    days: int | None
    reason: str
    document: str
    document_id: str
    place: str


class DeadlinesAnswer(BaseModel):
    """The first thousand deadlines, and messages about rows that could not be read."""

    model_config = ConfigDict(frozen=True)

    deadlines: tuple[DeadlineAnswer, ...]
    more: int
    errors: tuple[str, ...] = ()


def deadlines_answer(found: Iterable[Deadline], errors: Iterable[str] = ()) -> DeadlinesAnswer:
    """Return the JSON response for deadlines."""
    listed = list(found)
    answers = tuple(
        DeadlineAnswer(
            rule=one.rule.code,
            bases=tuple(map(basis_text, one.rule.bases)),
            state=one.state,
            subject=one.subject,
            started_on=one.started_on,
            due_on=one.due_on,
            done_on=one.done_on,
            days=one.days,
            reason=one.reason,
            document=one.document,
            document_id=one.document_id,
            place=one.place,
        )
        for one in listed[:MOST]
    )
    return DeadlinesAnswer(deadlines=answers, more=max(len(listed) - MOST, 0), errors=tuple(errors))


def year_filter(year: int | None, issuer: str) -> FactFilter:
    """Return the shown documents of a year, by default the current one, and of an office if one is named."""
    return Cell(issuer.strip(), f"{year or datetime.date.today().year:04}").where()


def document_deadlines(services: Services, where: FactFilter, states: Collection[DeadlineState]) -> Iterator[Deadline]:
    """Return the deadlines of documents that stand so today."""
    calendar, today = load_calendar(services.office.holidays), datetime.date.today()
    return publication_deadlines(services.index, calendar, where, today=today, states=states)


@router.get("/publication", summary="Documents published late", response_model=DeadlinesAnswer, responses=OR_A_FILE)
def publication(
    request: Request, year: Year = None, issuer: Issuer = "", state: State = None, file_format: FileFormat = None
) -> DeadlinesAnswer | StreamingResponse:
    """List the publication deadlines (20 working days) of the documents of a year."""
    services, where, states = services_of(request), year_filter(year, issuer), state or SHOWN_STATES
    found = document_deadlines(services, where, states)
    if file_format is not None:
        return download(deadline_table("公开时限", found), file_format)
    counts = state_counts(services, where)
    listed = deadlines_answer(islice(found, MOST))
    return listed.model_copy(update={"more": sum(counts[one] for one in set(states)) - len(listed.deadlines)})


def state_counts(services: Services, where: FactFilter) -> Counter[DeadlineState]:
    """Return how many documents stand how today."""
    calendar, today = load_calendar(services.office.holidays), datetime.date.today()
    counts: Counter[DeadlineState] = Counter()
    for pair in publication_pairs(services.index, calendar, where, today=today):
        counts[pair.state] += pair.documents
    return counts


@router.post(
    "/applications",
    summary="Deadlines of applications",
    response_model=DeadlinesAnswer,
    responses={**responses(413), **OR_A_FILE},
)
def applications(
    request: Request, caller: Writer, file: UploadFile, file_format: FileFormat = None
) -> DeadlinesAnswer | StreamingResponse:
    """List the deadlines of a register of applications (CSV, XLSX); the file is not stored."""
    services = services_of(request)
    records, name = sent_records(services, file)
    found = register_deadlines(services, records, name)
    if file_format is not None:
        return download(deadline_table("依申请公开时限", found), file_format)
    return deadlines_answer(found, say_errors(records.errors))


def register_deadlines(services: Services, records: Records, name: str) -> list[Deadline]:
    """Return the deadlines of applications as of today."""
    asked = Asked(load_calendar(services.office.holidays), datetime.date.today(), name)
    return list(application_deadlines(records.applications, asked))


def sent_records(services: Services, file: Sent) -> tuple[Records, str]:
    """Return the records of a sent file, and its name.

    Raises:
        HTTPException: The file cannot be read or has no table of records (422), or files are not accepted here (403).
    """
    read = require_reader(services.office.read_tables)
    with written_down(file) as (path, name):
        records = read_records(read(path, name))
    if not records.known:
        raise HTTPException(422, f"{name}: no table whose first row names 申请人类型 and 收到日期")
    return records, name
