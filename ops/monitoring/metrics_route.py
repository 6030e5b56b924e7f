"""``GET /metrics`` of the API: for keys of scope ``operate``, or for all if a setting allows it."""

from fastapi import APIRouter, Depends, Request, Response

from ops.monitoring.gauges import GAUGES, gauges
from ops.monitoring.prometheus import MetricsCollector, registry, render
from ops.system import System
from schemas.access import Scope
from search.http.auth import require
from workers.telemetry.recorder import RECORDER


def metrics_router(system: System) -> APIRouter:
    """Return the route that serves this process's metrics and the gauges of the servers."""
    router, numbers = APIRouter(), registry(MetricsCollector(RECORDER, lambda: gauges(system), GAUGES))
    needs_key = require(Scope.OPERATE)

    async def allowed(request: Request) -> None:
        if not system.settings.metrics_open:
            await needs_key(request)

    @router.get("/metrics", include_in_schema=False, dependencies=[Depends(allowed)])
    def metrics(request: Request) -> Response:
        body, media_type = render(numbers, request.headers.get("accept", ""))
        return Response(body, media_type=media_type, headers={"Cache-Control": "no-store"})

    return router
