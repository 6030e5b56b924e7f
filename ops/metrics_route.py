"""``GET /metrics`` of the API: for this machine, for keys of scope ``operate``, or for all where a setting says so."""

from fastapi import APIRouter, Depends, Request, Response

from ops.metrics import Numbers, registry, render
from ops.metrics_gauges import GAUGES, gauges
from ops.system import System
from schemas.access import Scope
from search.api.access import require
from workers.metrics.recorder import RECORDER

LOOPBACK = frozenset({"127.0.0.1", "::1"})
NAMES = LOOPBACK | {"localhost"}
# A proxy on this machine speaks for others.
PROXIES = frozenset({"forwarded", "x-forwarded-for", "x-real-ip", "via"})


def is_local(request: Request) -> bool:
    """Return whether a request comes from this machine itself; one a proxy passes on does not.

    Nor does one for another name: a page of somebody else's whose name suddenly means this machine would read along.
    """
    local = request.client is not None and request.client.host in LOOPBACK
    return local and request.url.hostname in NAMES and not PROXIES & {name.lower() for name in request.headers}


def metrics_router(system: System) -> APIRouter:
    """Return the route that shows the numbers of this process and what the servers say now."""
    router, numbers = APIRouter(), registry(Numbers(RECORDER, lambda: gauges(system), GAUGES))
    needs_key = require(Scope.OPERATE)

    async def allowed(request: Request) -> None:
        if not (system.settings.metrics_open or is_local(request)):
            await needs_key(request)

    @router.get("/metrics", include_in_schema=False, dependencies=[Depends(allowed)])
    def metrics(request: Request) -> Response:
        body, media_type = render(numbers, request.headers.get("accept", ""))
        return Response(body, media_type=media_type, headers={"Cache-Control": "no-store"})

    return router
