"""A document checked over HTTP before it is published; it is not kept."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, UploadFile
from fastapi.responses import StreamingResponse

from schemas.errors import DocumentError
from schemas.office.findings import Finding
from search.api.routes.office.answers import FindingAnswer, finding_answer
from search.api.table_download import OR_A_FILE, TableFormat, download
from search.http.auth import Writer, services_of
from search.http.errors import responses
from search.http.ports import Services
from search.http.sent_file import Sent, written_down
from search.office.tables import finding_table

router = APIRouter(prefix="/check")

As = Annotated[TableFormat | None, Query(alias="format", description="a table as a file; by default JSON")]


@router.post(
    "",
    summary="Check a document before it is published",
    response_model=list[FindingAnswer],
    responses={**responses(413), **OR_A_FILE},
)
def check(
    request: Request, caller: Writer, file: UploadFile, file_format: As = None
) -> list[FindingAnswer] | StreamingResponse:
    """Return personal data, secrecy marks, faults of form, missing attachments, dead references, repealed bases."""
    found = check_sent(services_of(request), file)
    if file_format is not None:
        return download(finding_table("发布前检查", found), file_format)
    return [finding_answer(one) for one in found]


def check_sent(services: Services, file: Sent) -> list[Finding]:
    """Return what is to be mended in a file that was sent.

    Raises:
        HTTPException: It cannot be read (422), or files are not read here (403).
    """
    read = services.office.check
    if read is None:
        raise HTTPException(403, "files are not read here")
    with written_down(file) as (path, name):
        try:
            return list(read(path, name))
        except DocumentError as error:
            raise HTTPException(422, f"{name}: {error}") from error
