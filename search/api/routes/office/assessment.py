"""The monthly assessment over HTTP: scores, the notice, findings, and the documents behind each figure."""

import datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from schemas.office.assessment import Assessment, Counted, CountedDocument
from schemas.office.findings import basis_text
from search.api.originals import disposition
from search.api.routes.office.answers import FindingAnswer, finding_answer
from search.api.table_download import OR_A_FILE, SHEET, FileFormat, TableFormat, download
from search.http.auth import services_of
from search.http.ports import Services
from search.office.assessment.assess import Month, assess_month
from search.office.assessment.documents import RULE_OF, assessment_findings, counted_documents
from search.office.assessment.notice import notice_bytes
from search.office.assessment.rules import BASES
from search.office.assessment.rules_file import load_rules
from search.office.assessment.table import assessment_table, document_table, notice_title
from search.office.deadlines.calendar import load_calendar
from search.office.tables import finding_table

router = APIRouter(prefix="/assessment")

MonthName = Annotated[
    str, Query(alias="month", pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$", description="2026-10; by default the last one")
]
UnitName = Annotated[str, Query(max_length=200, description="only this unit")]
Kind = Annotated[Counted, Query(alias="count", description="what is counted")]
NoticeFormat = Annotated[
    str | None, Query(alias="format", pattern="^(csv|xlsx|docx)$", description="as a file; by default JSON")
]
MOST = 1000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_FILES = {"text/csv": _FILE, SHEET: _FILE, DOCX: _FILE}
_OR_FILES: dict[int | str, dict[str, Any]] = {200: {"description": "As JSON, or as a file.", "content": _FILES}}


class ItemAnswer(BaseModel):
    """One scored item: points for each document, and the most it gives or takes off."""

    model_config = ConfigDict(frozen=True)

    counts: Counted
    name: str
    points: float
    most: float | None


class ScoreAnswer(BaseModel):
    """One unit: ``counts`` has what is not 0, ``points`` is in the order of the items."""

    model_config = ConfigDict(frozen=True)

    unit: str
    rank: int | None
    counts: dict[Counted, int]
    points: tuple[float, ...]
    total: float


class AssessmentAnswer(BaseModel):
    """The assessment of a month; ``unlisted`` counts documents of bodies that are in no unit of the office's list."""

    model_config = ConfigDict(frozen=True)

    month: str
    title: str
    bases: tuple[str, ...]
    start: float
    items: tuple[ItemAnswer, ...]
    scores: tuple[ScoreAnswer, ...]
    unlisted: int


class CountedAnswer(BaseModel):
    """One document behind a figure, and why it is counted."""

    model_config = ConfigDict(frozen=True)

    unit: str
    document: str
    document_id: str
    title: str
    signed_on: str
    published_on: str
    note: str
    rule: str | None


def month_of(services: Services, name: str) -> Month:
    """Return a month of the index, by default the last whole one, with the office's rules and calendar."""
    today, office = datetime.date.today(), services.office
    before = today.replace(day=1) - datetime.timedelta(days=1)
    rules, calendar = load_rules(office.assessment_rules), load_calendar(office.holidays)
    return Month(services.index, name or f"{before:%Y-%m}", rules, calendar, today, office.unmarked())


@router.get("", summary="Units assessed for a month", response_model=AssessmentAnswer, responses=_OR_FILES)
def assessment(
    request: Request, month_name: MonthName = "", file_format: NoticeFormat = None
) -> AssessmentAnswer | Response:
    """Count a month by unit and score it by the office's rules; as docx the notice (考核通报)."""
    month = month_of(services_of(request), month_name)
    found = assess_month(month)
    if file_format == "docx":
        return _notice(month, found)
    if file_format is not None:
        return download(assessment_table(found), TableFormat(file_format))
    return assessment_answer(found)


@router.get("/findings", summary="What the assessment finds", response_model=list[FindingAnswer], responses=OR_A_FILE)
def findings(
    request: Request, month_name: MonthName = "", unit: UnitName = "", file_format: FileFormat = None
) -> list[FindingAnswer] | Response:
    """Name the documents of a month that are not as they should be; JSON the first thousand."""
    found = assessment_findings(month_of(services_of(request), month_name), unit.strip())
    if file_format is not None:
        return download(finding_table("考核问题清单", found), file_format)
    return [finding_answer(one) for one in islice(found, MOST)]


@router.get("/documents", summary="The documents counted", response_model=list[CountedAnswer], responses=OR_A_FILE)
def documents(
    request: Request, counted: Kind, month_name: MonthName = "", unit: UnitName = "", file_format: FileFormat = None
) -> list[CountedAnswer] | Response:
    """List the documents behind a figure; JSON the first thousand."""
    found = counted_documents(month_of(services_of(request), month_name), counted, unit.strip())
    if file_format is not None:
        return download(document_table(found), file_format)
    return [_counted_answer(one, counted) for one in islice(found, MOST)]


def assessment_answer(found: Assessment) -> AssessmentAnswer:
    """Return the JSON response for an assessment."""
    items = tuple(
        ItemAnswer(counts=one.counts, name=one.name, points=one.points, most=one.most) for one in found.rules.items
    )
    scores = tuple(
        ScoreAnswer(unit=one.unit, rank=one.rank, counts=dict(one.counts), points=one.points, total=one.total)
        for one in found.scores
    )
    return AssessmentAnswer(
        month=found.month,
        title=notice_title(found),
        bases=tuple(map(basis_text, BASES)),
        start=found.rules.start,
        items=items,
        scores=scores,
        unlisted=found.unlisted,
    )


def _notice(month: Month, found: Assessment) -> Response:
    data = notice_bytes(found, assessment_findings(month), today=month.today)
    headers = {"Content-Disposition": disposition(f"{notice_title(found)}.docx"), "Cache-Control": "no-store"}
    return Response(data, media_type=DOCX, headers=headers)


def _counted_answer(one: CountedDocument, counted: Counted) -> CountedAnswer:
    rule = RULE_OF.get(counted)
    return CountedAnswer(
        unit=one.unit,
        document=one.document,
        document_id=one.document_id,
        title=one.title,
        signed_on=one.signed_on,
        published_on=one.published_on,
        note=one.note,
        rule=rule.code if rule else None,
    )
