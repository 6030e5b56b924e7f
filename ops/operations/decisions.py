"""A person's decisions on a document over HTTP: release, withdraw, hold, purge."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query

from ops.maintenance.decisions.release import ensure_released, hold, withdraw_release
from ops.maintenance.removal.purge import PurgeResult, purge
from ops.operations.answers import Trouble, conflict, refusals, trouble
from ops.operations.documents import Identifier
from ops.system import System
from search.http.auth import OPERATING, Caller
from search.http.errors import responses

Operator = Annotated[Caller, Depends(OPERATING)]
Version = Annotated[
    str, Query(max_length=200, description="refuse unless this version is held: `etag` of the one looked at")
]


def decisions_router(system: System) -> APIRouter:
    """Return these routes for a system; all are idempotent except withdrawing."""
    router = APIRouter(responses=responses())

    @router.post(
        "/documents/{identifier}/release",
        summary="Release a held document",
        responses={**responses(404), **conflict("It is not held, or cannot be released by itself.")},
    )
    def release_document(identifier: Identifier, caller: Operator, version: Version = "") -> Trouble:
        """Make this version of a held document searchable; idempotent. `gongkai release`."""
        key = _key_of(system, identifier)
        with refusals():
            return trouble(ensure_released(system, key, who=caller.name, version=version))

    @router.delete(
        "/documents/{identifier}/release",
        summary="Withdraw a release",
        responses={**responses(404), **conflict("It was not released.")},
    )
    def withdraw(identifier: Identifier, caller: Operator) -> Trouble:
        """Withdraw a release, so that the document is no longer found. `gongkai release --withdraw`."""
        key = _key_of(system, identifier)
        with refusals():
            return trouble(withdraw_release(system, key, who=caller.name))

    @router.post(
        "/documents/{identifier}/hold",
        summary="Take a document down",
        responses={**responses(404), **conflict("It was removed.")},
    )
    def hold_document(identifier: Identifier, caller: Operator) -> Trouble:
        """Hide every version of a document and everything inside it at once; idempotent. `gongkai hold`."""
        key = _key_of(system, identifier)
        with refusals():
            return trouble(hold(system, key, who=caller.name))

    @router.post(
        "/documents/{identifier}/purge",
        summary="Remove every trace of a deleted document",
        responses={**responses(404), **conflict("It is still in the inbox.")},
    )
    def purge_document(identifier: Identifier, caller: Operator) -> PurgeResult:
        """Remove it from index, artefacts, feeds and messages, then verify; `gongkai purge` without backups."""
        key = _key_of(system, identifier)
        with refusals():
            return purge(system, key, who=caller.name)

    return router


def _key_of(system: System, identifier: str) -> str:
    record = system.context.index.record(identifier)
    if record is None:
        raise HTTPException(404, "no such document")
    return record.key
