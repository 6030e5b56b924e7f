"""Validity over HTTP: what became of documents by the word of others, and what does not fit together."""

import datetime
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.findings import Finding
from schemas.office.validity import Change
from search.api.routes.office.answers import FindingAnswer, answer_findings
from search.api.table_download import OR_A_FILE, FileFormat, download
from search.http.auth import services_of
from search.http.ports import Services
from search.office.validity.review import review_validity
from search.office.validity.sources import find_sources
from search.office.validity.table import chain_text, verdict_table
from search.office.validity.verdicts import Verdict, find_verdicts, repeals

router = APIRouter(prefix="/validity")

Wanted = Annotated[Change | None, Query(description="only this change")]
MOST = 1000


class VerdictAnswer(BaseModel):
    """What became of one document, by the word of another."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str
    article: int
    title: str | None
    document_number: str | None
    change: Change
    provisions: tuple[str, ...]
    since: str | None
    by_document: str
    by_document_id: str
    by_title: str
    evidence: str
    chain: str


def verdicts_of(services: Services, change: Change | None = None) -> list[Verdict]:
    """Return what became of the documents of the index."""
    found = find_verdicts(services.index, find_sources(services.index, services.office.source))
    return [one for one in found if change in (None, one.statement.change)]


def findings_of(services: Services, verdicts: list[Verdict]) -> list[Finding]:
    """Return what does not fit together."""
    return list(review_validity(services.index, verdicts, services.office.source, today=today()))


def today() -> str:
    """Return the day of today, ISO 8601."""
    return datetime.date.today().isoformat()


def verdict_answers(verdicts: Iterable[Verdict]) -> list[VerdictAnswer]:
    """Return verdicts as they are answered."""
    listed = list(verdicts)
    ended = repeals(listed, today=today())
    return [
        VerdictAnswer(
            document=one.target.key,
            document_id=one.target.document_id,
            article=one.target.article,
            title=one.target.title,
            document_number=one.target.document_number,
            change=one.statement.change,
            provisions=one.statement.provisions,
            since=one.since,
            by_document=one.source.document,
            by_document_id=one.source.document_id,
            by_title=one.source.title,
            evidence=one.statement.evidence,
            chain=chain_text(one, ended),
        )
        for one in listed
    ]


@router.get("", summary="What became of documents", response_model=list[VerdictAnswer], responses=OR_A_FILE)
def changes(
    request: Request, change: Wanted = None, file_format: FileFormat = None
) -> list[VerdictAnswer] | StreamingResponse:
    """List what documents say of others the index holds: repealed, amended, kept; JSON the first thousand."""
    found = verdicts_of(services_of(request), change)
    if file_format is not None:
        return download(verdict_table(found, repeals(found, today=today())), file_format)
    return verdict_answers(found[:MOST])


@router.get("/findings", summary="What does not fit", response_model=list[FindingAnswer], responses=OR_A_FILE)
def findings(request: Request, file_format: FileFormat = None) -> list[FindingAnswer] | StreamingResponse:
    """Name documents repealed but unmarked, repealed and kept, or resting on what was repealed."""
    services = services_of(request)
    found = findings_of(services, verdicts_of(services))
    return answer_findings("有效性核查", found, file_format)
