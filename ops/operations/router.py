"""Everything below ``/v1/operations``, for keys of scope ``operate``."""

from fastapi import APIRouter, Depends

from ops.operations.decisions import decisions_router
from ops.operations.documents import documents_router
from ops.operations.queues import queues_router
from ops.operations.runs import runs_router
from ops.system import System
from search.http.auth import OPERATING


def operations_interface(system: System) -> APIRouter:
    """Return the routes for a system."""
    router = APIRouter(prefix="/v1/operations", tags=["operations"], dependencies=[Depends(OPERATING)])
    for part in (documents_router, decisions_router, queues_router, runs_router):
        router.include_router(part(system))
    return router
