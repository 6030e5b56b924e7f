"""Two versions of a document over HTTP, article by article."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.comparison import Difference, Marks, Provision, ProvisionPair
from schemas.records import DocumentRecord, document_id
from search.api.table_download import OR_A_FILE, FileFormat, download
from search.http.auth import services_of, shown_record
from search.http.errors import responses
from search.http.ports import Services
from search.office.compare.pairs import compare_provisions
from search.office.compare.provisions import read_provisions
from search.office.compare.table import comparison_table

router = APIRouter(prefix="/compare")

Version = Annotated[str, Query(min_length=1, max_length=1024, description="key or identifier of a document")]


class ProvisionAnswer(BaseModel):
    """A provision; ``marks`` are half-open character ranges of the words that the other version does not have."""

    model_config = ConfigDict(frozen=True)

    number: str
    text: str
    marks: Marks


class PairAnswer(BaseModel):
    """A provision of the older version and of the newer; one of them may be missing."""

    model_config = ConfigDict(frozen=True)

    difference: Difference
    old: ProvisionAnswer | None
    new: ProvisionAnswer | None


def version_of(services: Services, named: str) -> DocumentRecord:
    """Return the record of a document that is named by its key or its identifier.

    Raises:
        HTTPException: There is none that may be shown.
    """
    try:
        return shown_record(services, document_id(named))
    except HTTPException as error:
        if error.status_code != 404:
            raise
        return shown_record(services, named)


def pairs_of(services: Services, old: DocumentRecord, new: DocumentRecord) -> list[ProvisionPair]:
    """Return the provisions of two documents in pairs."""
    index = services.index
    return compare_provisions(read_provisions(index.sections(old.id)), read_provisions(index.sections(new.id)))


@router.get(
    "",
    summary="Two versions side by side",
    response_model=list[PairAnswer],
    responses={**responses(404, 410), **OR_A_FILE},
)
def compare(
    request: Request, old: Version, new: Version, file_format: FileFormat = None
) -> list[PairAnswer] | StreamingResponse:
    """Compare two versions of a regulation by article: by number first, then by likeness of words."""
    services = services_of(request)
    pairs = pairs_of(services, version_of(services, old), version_of(services, new))
    if file_format is not None:
        return download(comparison_table(pairs), file_format)
    return [
        PairAnswer(
            difference=one.difference, old=_provision(one.old, one.old_marks), new=_provision(one.new, one.new_marks)
        )
        for one in pairs
    ]


def _provision(one: Provision | None, marks: Marks) -> ProvisionAnswer | None:
    return None if one is None else ProvisionAnswer(number=one.number, text=one.text, marks=marks)
