"""All pages of operators below ``/operations`` beside the live state."""

from fastapi import APIRouter, Depends

from ops.monitoring.operator_pages.furniture import furniture_pages
from ops.monitoring.operator_pages.held import held_pages
from ops.monitoring.operator_pages.keys import key_pages
from ops.system import System
from search.http.auth import ADMINISTERING, OPERATING


def operator_pages(system: System) -> APIRouter:
    """Return the pages for a system; each needs a key, whatever the settings open."""
    router = APIRouter(prefix="/operations", include_in_schema=False)
    router.include_router(held_pages(system), dependencies=[Depends(OPERATING)])
    router.include_router(furniture_pages(system), dependencies=[Depends(OPERATING)])
    router.include_router(key_pages(system), dependencies=[Depends(ADMINISTERING)])
    return router
