"""Page furniture: lines that recur over a source's documents, which a person confirms or rejects."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from ops.maintenance.furniture import decide
from ops.system import System
from search.pages.render import page_from
from workers.furniture import FurnitureList

TEMPLATES = Path(__file__).parent / "templates"
HERE = "/operations/furniture"
LISTED = 200
STATES = {"learnt": "待定", "confirmed": "已确认", "rejected": "已否决"}


def furniture_pages(system: System) -> APIRouter:
    """Return this page for a system."""
    router = APIRouter()

    @router.get("/furniture")
    def listed(state: str = "learnt", source: str = "", documents: str = "") -> Response:
        state = state if state in STATES else "learnt"
        lines = FurnitureList(system.context.derived).all()
        found = [line for line in lines if line.state == state and line.prefix.startswith(source)]
        return page_from(
            TEMPLATES,
            "furniture.html",
            lines=found[:LISTED],
            count=len(found),
            counts={name: sum(line.state == name for line in lines) for name in STATES},
            states=STATES,
            state=state,
            source=source,
            said=f"已记下，{documents} 份文件将重新处理。" if documents.isascii() and documents.isdigit() else "",
            here=HERE,
        )

    @router.post("/furniture")
    def decided(
        act: Annotated[str, Form()],
        line: Annotated[list[str], Form(max_length=LISTED)] = [],  # noqa: B006  FastAPI copies
        state: Annotated[str, Form(max_length=20)] = "learnt",
    ) -> Response:
        if act not in ("confirm", "reject"):
            raise HTTPException(422, "act is one of confirm, reject")
        documents = decide(system, line, confirmed=act == "confirm")[1] if line else 0
        query = urlencode({"state": state} | ({"documents": documents} if line else {}))
        return RedirectResponse(f"{HERE}?{query}", 303)

    return router
