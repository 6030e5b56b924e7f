"""``/operations``: the page, its live part, the same as JSON, and the actions; keys of scope ``operate`` open it.

Looking is also open to this machine itself, as the numbers are; acting always needs a key.
"""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse

from ops.maintenance.failures import list_failed, retry, select
from ops.monitoring.durations import spell
from ops.monitoring.operations_page.chart import HEIGHT, WIDTH, chart
from ops.monitoring.snapshot import Snapshot, take_snapshot
from ops.system import System
from schemas.access import Scope
from schemas.codec import as_json
from schemas.outcomes import Category
from search.http.auth import is_local, require
from search.pages.render import page_from
from workers.leases.fair_queue import INTAKE
from workers.order import QUEUES

HERE = Path(__file__).parent
FILES = {"live.js": "text/javascript", "page.css": "text/css"}
UNITS = {"d": "天", "h": "小时", "min": "分", "s": "秒"}
NAMES = (INTAKE, *QUEUES)


def operations_router(system: System) -> APIRouter:
    """Return the routes of the page over a system."""
    router = APIRouter(include_in_schema=False)
    needs_key = require(Scope.OPERATE)

    async def may_look(request: Request) -> None:
        if not is_local(request):
            await needs_key(request)

    def shown(template: str) -> Response:
        now = take_snapshot(system)
        return page_from(HERE / "templates", template, **values(now))

    looking = [Depends(may_look)]
    router.get("/operations", dependencies=looking)(lambda: shown("operations.html"))
    router.get("/operations/part", dependencies=looking)(lambda: shown("part.html"))
    router.get("/operations/now", dependencies=looking)(lambda: _as_json(take_snapshot(system)))
    router.get("/operations/files/{name}")(_file)
    router.post("/operations/act", dependencies=[Depends(needs_key)])(action_route(system))
    return router


def action_route(system: System) -> Callable[..., Response]:
    """Return the route that carries an action out and leads back to the page."""
    inflight = system.context.inflight
    # What is done, and to what it can be done.
    actions: dict[str, tuple[Callable[[str], Any], Collection[str]]] = {
        "pause": (lambda name: inflight.pause([name]), NAMES),
        "resume": (lambda name: inflight.resume([name]), NAMES),
        "retry": (lambda name: retry(system, select(list_failed(system), category=Category(name))), list(Category)),
    }

    def act(action: Annotated[str, Form()], name: Annotated[str, Form()]) -> Response:
        if action not in actions:
            raise HTTPException(422, f"action is one of {', '.join(actions)}")
        do, names = actions[action]
        if name not in names:
            raise HTTPException(422, f"name is one of {', '.join(names)}")
        do(name)
        return RedirectResponse("/operations", 303)

    return act


def values(now: Snapshot) -> dict[str, Any]:
    """Return what the templates show of a situation."""
    return {"now": now, "chart": chart(now.minutes), "width": WIDTH, "height": HEIGHT, "spell": in_chinese}


def in_chinese(seconds: float | None) -> str:
    """Return a duration in two units at most: ``2 小时 5 分``; a dash where it is not known."""
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
