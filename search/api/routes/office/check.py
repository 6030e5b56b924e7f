"""A document checked over HTTP before it is published; it is not kept."""

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import StreamingResponse

from schemas.office.findings import Finding
from search.api.routes.office.answers import FindingAnswer, answer_findings
from search.api.table_download import OR_A_FILE, FileFormat
from search.http.auth import Writer, services_of
from search.http.errors import responses
from search.http.ports import Services
from search.http.sent_file import Sent, require_reader, written_down

router = APIRouter(prefix="/check")


@router.post(
    "",
    summary="Check a document before it is published",
    response_model=list[FindingAnswer],
    responses={**responses(413), **OR_A_FILE},
)
def check(
    request: Request, caller: Writer, file: UploadFile, file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Return personal data, secrecy marks, faults of form, missing attachments, dead references, repealed bases."""
    found = check_sent(services_of(request), file)
    return answer_findings("发布前检查", found, file_format)


def check_sent(services: Services, file: Sent) -> list[Finding]:
    """Return what is to be mended in a file that was sent.

    Raises:
        HTTPException: It cannot be read (422), or files are not read here (403).
    """
    read = require_reader(services.office.check)
    with written_down(file) as (path, name):
        return list(read(path, name))
