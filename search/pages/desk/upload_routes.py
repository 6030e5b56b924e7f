"""The upload page; it sends files to ``POST /v1/uploads`` and shows what became of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.access import Scope
from schemas.records import document_id
from search.api.responses import FileState
from search.api.routes.uploads import MAX_FILES
from search.api.upload_batches import SeenFile, count_batch, look_up_files
from search.http.auth import Caller, caller_of, services_of
from search.pages.problem_messages import OUTCOMES, problem_message
from search.pages.render import page

router = APIRouter(default_response_class=HTMLResponse)

LISTED = 200
_BATCH = re.compile(r"[0-9a-f]{32}", re.ASCII)
_READABLE = {FileState.INDEXED, FileState.PARTIAL, FileState.FAILED}
_TROUBLED = {FileState.FAILED, FileState.HELD, FileState.REPLACED}


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of a batch for display.

    Attributes:
        key: Its object key.
        size: In bytes.
        url: Of its page; empty while there is none to see.
        state: As in ``OUTCOMES``.
        reasons: Why it failed or what could not be read of it, in Chinese.
        inside: Number of files that came out of it, if it is a container.
        id: Of the document to try again; empty if that is of no use.
    """

    key: str
    size: int
    url: str
    state: str
    reasons: tuple[str, ...] = ()
    inside: int = 0
    id: str = ""


@router.get("/upload")
def upload_page(request: Request, prefix: str = "", batch: str = "", refused: str = "") -> HTMLResponse:
    """Show the drop zone and the progress of a batch; ask for a key if one is required."""
    services, caller = services_of(request), caller_of(request)
    if services.writing.uploads is None:
        return page("upload_closed.html", 403, here="upload")
    if not caller.may(Scope.WRITE):
        return page("sign_in.html", 401, known=caller.key is not None, next=_here(request), here="upload")
    return page(
        "upload.html",
        prefix=prefix.strip()[:1024],
        **_progress(request, caller, batch),
        refused=int(refused) if refused.isascii() and refused.isdigit() and len(refused) < 6 else 0,
        most_files=MAX_FILES,
        most_bytes=services.access.upload_bytes,
        here="upload",
    )


@router.get("/upload/progress")
def upload_progress(request: Request, batch: str = "") -> HTMLResponse:
    """Show only the progress of a batch, which the script of the page puts in place of the one before."""
    caller = caller_of(request)
    if services_of(request).writing.uploads is None or not caller.may(Scope.WRITE):
        return HTMLResponse("", 403)
    return page("upload_progress.html", **_progress(request, caller, batch))


def _progress(request: Request, caller: Caller, batch: str) -> dict[str, Any]:
    services = services_of(request)
    uploads = services.writing.uploads
    known = uploads and _BATCH.fullmatch(batch)
    files = uploads.batch(batch, owner=caller.key.id if caller.key else "") if uploads and known else []
    seen = look_up_files(services, uploads, files) if uploads else ()
    views = [_file_view(one) for one in _troubled_first(seen)[:LISTED]]
    may_retry = caller.may(Scope.OPERATE) and services.writing.retries is not None
    return {
        "progress": count_batch(batch, seen) if seen else None,
        "total_bytes": sum(one.file.size for one in seen),
        "files": views,
        "unlisted": len(seen) - len(views),
        "may_retry": may_retry,
        "back": f"/upload?{urlencode({'batch': batch})}",
        "outcomes": OUTCOMES,
    }


def _troubled_first(seen: Sequence[SeenFile]) -> list[SeenFile]:
    """Return the files, those that somebody has to see to before all others."""
    return sorted(seen, key=lambda one: one.state not in _TROUBLED)


def _file_view(seen: SeenFile) -> FileView:
    file, record = seen.file, seen.record
    identifier = document_id(file.key)
    if record is None or seen.state not in _READABLE:
        return FileView(file.key, file.size, "", seen.state.value)
    told = [problem for problem in record.problems if problem.lossy or problem.category]
    return FileView(
        file.key,
        file.size,
        f"/d/{identifier}",
        seen.state.value,
        tuple(dict.fromkeys(problem_message(problem).text for problem in told)),
        record.children_emitted if record.container else 0,
        "" if seen.state is FileState.INDEXED else identifier,
    )


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
