"""The upload page; it sends files to ``POST /v1/uploads`` and reads their progress from there."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.access import Scope
from search.api.routes.uploads import MAX_FILES
from search.api.upload_batches import batch_answer
from search.http.auth import caller_of, services_of
from search.pages.problem_messages import OUTCOMES
from search.pages.render import page

router = APIRouter(default_response_class=HTMLResponse)

_BATCH = re.compile(r"[0-9a-f]{32}", re.ASCII)


@router.get("/upload")
def upload_page(request: Request, prefix: str = "", batch: str = "", refused: str = "") -> HTMLResponse:
    """Show the drop zone and the progress of a batch; ask for a key if one is required."""
    services, caller = services_of(request), caller_of(request)
    uploads = services.writing.uploads
    if uploads is None:
        return page("upload_closed.html", 403, here="upload")
    if not caller.may(Scope.WRITE):
        return page("sign_in.html", 401, known=caller.key is not None, next=_here(request), here="upload")
    files = uploads.batch(batch, owner=caller.key.id if caller.key else "") if _BATCH.fullmatch(batch) else []
    return page(
        "upload.html",
        prefix=prefix.strip()[:1024],
        progress=batch_answer(services, uploads, batch, files=files) if files else None,
        refused=int(refused) if refused.isascii() and refused.isdigit() and len(refused) < 6 else 0,
        most_files=MAX_FILES,
        most_bytes=services.access.upload_bytes,
        outcomes=OUTCOMES,
        here="upload",
    )


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
