"""``/office/compare``: two versions of a regulation side by side, changed words marked."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from schemas.office.comparison import DIFFERENCES
from schemas.records import DocumentRecord
from search.api.routes.office.compare import pairs_of, version_of
from search.http.auth import services_of
from search.office.compare.table import split_marks
from search.pages.render import page

router = APIRouter(prefix="/compare", default_response_class=HTMLResponse)


@router.get("")
def compare_page(request: Request, old: str = "", new: str = "") -> HTMLResponse:
    """Show the form, and the comparison where two documents are named."""
    old, new = old.strip()[:1024], new.strip()[:1024]
    values: dict[str, Any] = {"old": old, "new": new, "here": "office", "rows": [], "counts": [], "error": ""}
    if not (old and new):
        return page("office/compare.html", **values)
    services = services_of(request)
    try:
        versions = version_of(services, old), version_of(services, new)
    except HTTPException as error:
        values["error"] = "文件库中没有这两份文件，或其中一份不能查看；请从文件页复制它的键或编号。"
        return page("office/compare.html", error.status_code, **values)
    pairs = pairs_of(services, *versions)
    counts = Counter(one.difference for one in pairs)
    values |= {
        "rows": [
            (
                DIFFERENCES[one.difference],
                one.old,
                split_marks(one.old.text, one.old_marks) if one.old else [],
                one.new,
                split_marks(one.new.text, one.new_marks) if one.new else [],
            )
            for one in pairs
        ],
        "counts": [(name, counts[difference]) for difference, name in DIFFERENCES.items()],
        "versions": [(record.id, _title(record)) for record in versions],
        "given": urlencode({"old": old, "new": new}),
    }
    return page("office/compare.html", **values)


def _title(record: DocumentRecord) -> str:
    return next((one.title for one in record.articles if one.title), record.key)
