"""``/operations``: the page, its live part, the same as JSON, and the actions; needs a key of scope ``operate``.

A setting can open reading to all; actions always need a key.
"""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse

from ops.maintenance import queues
from ops.maintenance.failures import list_failed, retry, select
from ops.maintenance.queues import NAMES
from ops.maintenance.reach import held_queues
from ops.monitoring.durations import spell
from ops.monitoring.operations_page.chart import HEIGHT, WIDTH, chart
from ops.monitoring.operations_page.failures import failed_document
from ops.monitoring.operations_page.recent_stages import RecentStages
from ops.monitoring.snapshot import Snapshot, take_snapshot
from ops.operations.answers import refusals
from ops.operations.cursor import read_cursor, write_cursor
from ops.system import System
from schemas.access import Scope
from schemas.codec import as_json
from schemas.errors import DependencyError
from schemas.outcomes import Category, State
from schemas.records import document_id
from search.http.auth import caller_of, require
from search.pages.render import page_from

HERE = Path(__file__).parent
FILES = {"live.js": "text/javascript", "page.css": "text/css"}
LISTING, LISTED, FEW = "failed documents", 50, 10
UNITS = {"d": "天", "h": "小时", "min": "分", "s": "秒"}


def operations_router(system: System) -> APIRouter:
    """Return the routes of the page for a system."""
    router = APIRouter(include_in_schema=False)
    needs_key = require(Scope.OPERATE)
    stages = RecentStages(lambda number: system.context.index.newest_records(limit=number))

    async def may_look(request: Request) -> None:
        if not system.settings.operations_open:
            await needs_key(request)

    def shown(request: Request, template: str) -> Response:
        may = caller_of(request).may(Scope.OPERATE)
        given = values(take_snapshot(system)) | controls(system, stages, may=may)
        return page_from(HERE / "templates", template, **given)

    def whole(request: Request) -> Response:
        return shown(request, "operations.html")

    def part(request: Request) -> Response:
        return shown(request, "part.html")

    def failures(request: Request, cursor: str = "") -> Response:
        may, after = caller_of(request).may(Scope.OPERATE), read_cursor(LISTING, cursor) or ""
        page = system.context.index.records(states=(State.FAILED,), after=after, limit=LISTED + 1)
        more = write_cursor(LISTING, page[LISTED - 1].key) if len(page) > LISTED else ""
        here = f"/operations/failures?cursor={cursor}"
        failed = [failed_document(record) for record in page[:LISTED]]
        return page_from(HERE / "templates", "failures.html", failed=failed, more=more, may=may, here=here)

    def runbook() -> Response:
        return page_from(HERE / "templates", "runbook.html", queues=NAMES, here="/operations/runbook")

    looking = [Depends(may_look)]
    router.get("/operations", dependencies=looking)(whole)
    router.get("/operations/part", dependencies=looking)(part)
    router.get("/operations/failures", dependencies=looking)(failures)
    router.get("/operations/runbook", dependencies=looking)(runbook)
    router.get("/operations/now", dependencies=looking)(lambda: _as_json(take_snapshot(system)))
    router.get("/operations/files/{name}")(_file)
    router.post("/operations/act", dependencies=[Depends(needs_key)])(action_route(system))
    return router


def action_route(system: System) -> Callable[..., Response]:
    """Return the route that carries out an action and redirects to the page."""
    # The action, and the targets it accepts.
    actions: dict[str, tuple[Callable[[str], Any], Collection[str]]] = {
        "pause": (lambda name: queues.pause(system, [name]), NAMES),
        "resume": (lambda name: queues.resume(system, [name]), NAMES),
        "retry": (lambda name: retry(system, select(list_failed(system), category=Category(name))), list(Category)),
    }

    def act(action: Annotated[str, Form()], name: Annotated[str, Form()]) -> Response:
        if action not in actions:
            raise HTTPException(422, f"action is one of {', '.join(actions)}")
        do, names = actions[action]
        if name not in names:
            raise HTTPException(422, f"name is one of {', '.join(names)}")
        with refusals():
            do(name)
        return RedirectResponse("/operations", 303)

    return act


def values(now: Snapshot) -> dict[str, Any]:
    """Return the template values for a snapshot."""
    drawing = {"chart": chart(now.minutes), "width": WIDTH, "height": HEIGHT}
    return {"now": now, "spell": in_chinese, "document_id": document_id, **drawing}


def controls(system: System, stages: RecentStages, *, may: bool) -> dict[str, Any]:
    """Return what the templates offer to act on: queues to pause, the newest failures, and the times by stage."""
    reached = system.working or not system.settings.embedded
    try:
        page, drawn = system.context.index.newest_records(state=State.FAILED, limit=FEW + 1), stages.charts()
    except DependencyError:
        page, drawn = [], ()
    return {
        "held": held_queues(system) if reached else (),
        "failed": [failed_document(record) for record in page[:FEW]],
        "stages": drawn,
        "more": len(page) > FEW,
        "may": may,
        "here": "/operations",
    }


def in_chinese(seconds: float | None) -> str:
    """Return a duration in at most two units: ``2 小时 5 分``; a dash if it is unknown."""
    if seconds is None:
        return "—"
    number, *rest = spell(seconds).split()
    words = [number, *rest]
    return " ".join(UNITS.get(word, word) for word in words)


def _as_json(now: Snapshot) -> Response:
    return JSONResponse(as_json(now), headers={"Cache-Control": "no-store"})


def _file(name: str) -> Response:
    if name not in FILES:
        raise HTTPException(404, "no such file")
    return FileResponse(HERE / "static" / name, media_type=FILES[name])
