"""Uploads over HTTP: files into the inbox, and their progress."""

import re
import tempfile
import time
from pathlib import Path
from shutil import copyfileobj
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Header, HTTPException, Query, Request
from fastapi import Path as PathParameter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from schemas.records import document_id
from search.api.responses import Batch, Refused, Taken, TakenFile
from search.api.upload_batches import batch_answer
from search.api.upload_keys import NameRefusedError, upload_key
from search.http.auth import Writer, services_of
from search.http.errors import responses
from search.http.ports import Incoming, NotTaken, Origin, Uploaded, Uploads

router = APIRouter(prefix="/v1/uploads", tags=["uploads"])

MAX_FILES = 200
_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.{0,400}", re.ASCII)
BatchName = Annotated[str, Query(pattern="^[0-9a-f]{32}$", description="add to this batch instead of a new one")]
_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["files"],
    "properties": {"files": {"type": "array", "maxItems": MAX_FILES, "items": {"type": "string", "format": "binary"}}},
}
_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": _FORM},
        "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    },
}


@router.post(
    "",
    status_code=202,
    summary="Upload files",
    response_model=Taken,
    responses={
        303: {"description": "On to the page with its progress, where `text/html` is asked for."},
        **responses(413, 507),
    },
    openapi_extra={"requestBody": _BODY},
)
async def upload(
    request: Request,
    caller: Writer,
    key: Annotated[str, Query(max_length=1024, description="name of the one file of a body that is no form")] = "",
    prefix: Annotated[str, Query(max_length=1024, description="put before each name, with a slash between")] = "",
    batch: BatchName | None = None,
    traceparent: Annotated[str, Header(description="W3C Trace Context: the work belongs to this trace")] = "",
) -> Taken | RedirectResponse:
    """Upload files: a form with any number of `files`, or one file as the body, named by `key`.

    A file with the same key is replaced. A file with an invalid name is refused, the others are stored.
    """
    uploads, origin = _uploads(request), Origin(_trace(traceparent), time.time())
    with tempfile.TemporaryDirectory(prefix="gongkai-upload-") as folder:
        sent = await _receive(request, key, Path(folder))
        files, refused = _name_files(sent, prefix)
        if not files:
            raise _nothing(refused)
        name = batch or uuid4().hex
        owner = caller.key.id if caller.key else ""
        tried = await run_in_threadpool(uploads.take, files, batch=name, owner=owner, origin=origin)
    refused += tuple(Refused(one.key, one.reason) for one in tried if isinstance(one, NotTaken))
    taken = [one for one in tried if isinstance(one, Uploaded)]
    if not taken:
        raise _nothing(refused)
    if "text/html" in request.headers.get("accept", ""):
        # A form sent without scripts is redirected to the page with the progress of its files.
        return RedirectResponse(f"/upload?batch={name}&refused={len(refused)}", 303)
    files_taken = tuple(TakenFile(one.key, document_id(one.key), one.etag, one.size) for one in taken)
    return Taken(name, files_taken, refused, origin.trace)


def _trace(traceparent: str) -> str:
    """Return the trace a request belongs to (W3C Trace Context, 3.2.2), or a new one."""
    found = _TRACEPARENT.fullmatch(traceparent)
    return found[1] if found and int(found[1], 16) else uuid4().hex


def _nothing(refused: tuple[Refused, ...]) -> HTTPException:
    return HTTPException(422, "; ".join(f"{one.name}: {one.reason}" for one in refused) or "no file was sent")


@router.get("/{batch}", summary="What became of an upload", responses=responses(404))
def progress(request: Request, caller: Writer, batch: Annotated[str, PathParameter(pattern="^[0-9a-f]{32}$")]) -> Batch:
    """Return the state of each file of a batch; only for the key that sent it."""
    uploads = _uploads(request)
    files = uploads.batch(batch, owner=caller.key.id if caller.key else "")
    if not files:
        raise HTTPException(404, "no such batch was sent with this key")
    return batch_answer(services_of(request), uploads, batch, files=files)


def _uploads(request: Request) -> Uploads:
    uploads = services_of(request).writing.uploads
    if uploads is None:
        raise HTTPException(403, "uploads are not offered here")
    return uploads


async def _receive(request: Request, key: str, folder: Path) -> list[tuple[str, Path]]:
    """Write the request's files to ``folder``, chunk by chunk; return each file's name and path."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/"):
        path = folder / "0"
        with path.open("wb") as file:
            async for chunk in request.stream():
                await run_in_threadpool(file.write, chunk)
        return [(key, path)]
    try:
        async with request.form(max_files=MAX_FILES, max_fields=MAX_FILES) as form:
            parts = [part for _, part in form.multi_items() if isinstance(part, UploadFile) and not _is_empty(part)]
            return [
                (part.filename or "", await run_in_threadpool(_keep, part, folder / str(n)))
                for n, part in enumerate(parts)
            ]
    except (MultiPartException, KeyError) as error:
        raise HTTPException(400, f"the form cannot be read: {error}") from error


def _is_empty(part: UploadFile) -> bool:
    """Return whether a part stands for a file field in which nothing was chosen (HTML, constructing the entry list)."""
    return not part.filename and not part.size


def _keep(part: UploadFile, path: Path) -> Path:
    with path.open("wb") as file:
        copyfileobj(part.file, file, 1 << 20)
    return path


def _name_files(sent: list[tuple[str, Path]], prefix: str) -> tuple[list[Incoming], tuple[Refused, ...]]:
    files: dict[str, Incoming] = {}
    refused: list[Refused] = []
    for name, path in sent:
        try:
            key = upload_key(name, prefix=prefix)
        except NameRefusedError as error:
            refused.append(Refused(name, str(error)))
            continue
        if key in files:
            refused.append(Refused(name, "two files of this upload have the same name"))
        else:
            files[key] = Incoming(key, path)
    return list(files.values()), tuple(refused)
