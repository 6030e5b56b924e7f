"""The annual report's form over HTTP: a table of records in, the filled form out."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Request, Response, UploadFile

from search.api.originals import disposition
from search.api.routes.office.deadlines import sent_records
from search.http.auth import Writer, services_of
from search.http.errors import responses
from search.http.ports import Services
from search.http.sent_file import Sent
from search.office.form.files import MEDIA_TYPES, form_bytes
from search.office.form.fill import fill_form
from search.office.form.text import title
from search.office.records.tables import say_errors

router = APIRouter(prefix="/form")

Unit = Annotated[str, Form(min_length=1, max_length=100, description="who reports")]
Year = Annotated[int, Form(ge=2021, le=9999, description="of the report")]
Problems = Annotated[str, Form(max_length=20_000, description="prose of 存在的主要问题及改进情况")]
As = Annotated[Literal["docx", "html", "json"], Form(alias="format", description="what the form is written as")]

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_CONTENT = {media_type.partition(";")[0]: _FILE for media_type in MEDIA_TYPES.values()}


@router.post(
    "",
    summary="Fill the form of the annual report",
    response_class=Response,
    responses={200: {"description": "The filled form.", "content": _CONTENT}, **responses(413)},
)
def fill(
    request: Request,
    caller: Writer,
    file: UploadFile,
    unit: Unit,
    year: Year,
    problems: Problems = "",
    file_format: As = "docx",
) -> Response:
    """Fill the form of 国办公开办函〔2021〕30号 from records (CSV, XLSX). A row that cannot be read is an error."""
    return form_download(services_of(request), file, unit=unit, year=year, problems=problems, file_format=file_format)


def form_download(services: Services, file: Sent, *, unit: str, year: int, problems: str, file_format: str) -> Response:
    """Return the filled form as a download.

    Raises:
        HTTPException: The file or one of its rows cannot be read (422): a form without that row would be wrong.
    """
    records, name = sent_records(services, file)
    if records.errors:
        raise HTTPException(422, f"{name}：" + "；".join(say_errors(records.errors[:20])))
    chapters = {5: problems.strip()} if problems.strip() else {}
    form = fill_form(
        unit.strip(), year, records.applications, disputes=records.disputes, issued=records.issued, chapters=chapters
    )
    headers = {
        "Content-Disposition": disposition(f"{title(form)}.{file_format}"),
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "Cache-Control": "no-store",
    }
    return Response(form_bytes(form, file_format), media_type=MEDIA_TYPES[file_format], headers=headers)
