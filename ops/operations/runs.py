"""Runs over HTTP: starts sweeps, audits and retries, and reports their progress at ``runs``."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ops.maintenance.audit.books import audit, report
from ops.maintenance.audit.listed_states import Listed
from ops.maintenance.failures import Start, Wanted, retry_wanted
from ops.maintenance.reach import require_ledger
from ops.maintenance.runs import Kind, Progress, Run, Runs, Work
from ops.operations.answers import EntryPage, Paged, Prefix, RunPage, Text, conflict, refusals
from ops.operations.cursor import read_cursor, write_cursor
from ops.system import System
from schemas.outcomes import Category
from search.http.auth import OPERATING, Caller
from search.http.errors import responses
from workers.reconcile.audit import Audit

MAX_NAMED = 1000
Key = Annotated[
    str,
    Header(alias="Idempotency-Key", max_length=255, description="the same key stands for the same run"),
]
Operator = Annotated[Caller, Depends(OPERATING)]
Identifier = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="`id` of a run")]
DocumentId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
ObjectKey = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
STARTED: dict[str, Any] = {
    "status_code": 202,
    "responses": {
        202: {"description": "It goes on; `Location` tells how far it is."},
        **responses(413),
        **conflict("This stack cannot do it, or as many runs go on as may at once; `detail` says which."),
    },
}


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SweepRequest(_Request):
    """Which objects to compare."""

    prefix: Prefix = Field("", description="only objects whose key starts with this")


class AuditRequest(_Request):
    """What to count, which keys to list, and whether to queue missing and stale objects."""

    prefix: Prefix = Field("", description="only objects whose key starts with this")
    listed: list[Listed] = Field([], max_length=len(Listed), description="list the keys behind these numbers")
    repair: bool = Field(False, description="queue what is missing or stale")


class RetryRequest(_Request):
    """Which documents to retry: the named ones, or the failed ones that match prefix, category and cause."""

    documents: list[DocumentId] = Field([], max_length=MAX_NAMED, description="identifiers")
    keys: list[ObjectKey] = Field([], max_length=MAX_NAMED, description="object keys")
    prefix: Prefix | None = Field(None, description="all failed below this; empty for all there are")
    category: Category | None = Field(None, description="only what failed with this category")
    cause: Text = Field("", description="only where the message of the cause holds this, as `failures` shows it")
    partial: bool = Field(False, description="also documents that were read only in part")
    start: Start = Field(Start.FIRST, description="`failed`: what the stages before the failed one made is used again")

    @model_validator(mode="after")
    def _chooses(self) -> "RetryRequest":
        if not (self.documents or self.keys or self.category or self.cause) and self.prefix is None:
            raise ValueError('give documents, keys, prefix, category or cause; "prefix": "" takes all that failed')
        return self

    def wanted(self) -> Wanted:
        """Return the request as the use case takes it."""
        return Wanted(
            keys=tuple(self.keys),
            ids=tuple(self.documents),
            prefix=self.prefix or "",
            category=self.category,
            cause=self.cause,
            partial=self.partial,
            start=self.start,
        )


def runs_router(system: System) -> APIRouter:
    """Return these routes for a system."""
    router, runs = APIRouter(responses=responses()), Runs(system.context.derived)

    def begin(kind: Kind, asked: _Request, work: Work, response: Response, caller: Caller, key: str) -> Run:
        with refusals():
            require_ledger(system)
            owner = caller.key.id if caller.key else ""
            run = runs.begin(kind, asked.model_dump(mode="json"), work, owner=owner, key=key)
        response.headers["Location"] = f"/v1/operations/runs/{run.id}"
        return run

    @router.post("/sweeps", summary="Start a sweep", **STARTED)
    def sweep(response: Response, caller: Operator, asked: SweepRequest | None = None, key: Key = "") -> Run:
        """Compare the bucket with the index and queue differences no worker has yet; `gongkai sweep`."""
        wanted = asked or SweepRequest()
        return begin(Kind.SWEEP, wanted, sweep_work(system, wanted), response, caller, key)

    @router.post("/audits", summary="Start an audit", **STARTED)
    def start_audit(response: Response, caller: Operator, asked: AuditRequest | None = None, key: Key = "") -> Run:
        """Count all received objects by outcome; `gongkai audit`."""
        wanted = asked or AuditRequest()
        return begin(Kind.AUDIT, wanted, audit_work(system, wanted), response, caller, key)

    @router.post("/retries", summary="Try documents again", **STARTED)
    def retry(response: Response, caller: Operator, asked: RetryRequest, key: Key = "") -> Run:
        """Process documents again, from the first stage or the failed one; `gongkai retry`."""
        return begin(Kind.RETRY, asked, retry_work(system, asked, who=caller.name), response, caller, key)

    _follow(router, runs)
    return router


def _follow(router: APIRouter, runs: Runs) -> None:
    """Add the routes that report the progress of runs."""

    @router.get("/runs", summary="Recent runs")
    def listed(asked: Annotated[Paged, Query()]) -> RunPage:
        """Return the last hundred runs, newest first."""
        after = read_cursor("runs", asked.cursor)
        left = [run for run in runs.all() if after is None or [-run.started_at, run.id] > after]
        page = left[: asked.size]
        more = write_cursor("runs", [-page[-1].started_at, page[-1].id]) if len(left) > asked.size else None
        return RunPage(tuple(page), more)

    @router.get("/runs/{identifier}", summary="How far a run is", responses=responses(404))
    def one(identifier: Identifier) -> Run:
        """Return a run with its report so far."""
        return _found_key(runs, identifier)

    @router.get("/runs/{identifier}/entries", summary="Keys an audit listed", responses=responses(404))
    def entries(identifier: Identifier, cursor: Annotated[str | None, Query(max_length=200)] = None) -> EntryPage:
        """Return the keys an audit has listed so far, a few hundred per page."""
        part = read_cursor(("entries", identifier), cursor) or 0
        found = runs.entries(_found_key(runs, identifier).id, part) or ()
        more = runs.entries(identifier, part + 1) is not None
        return EntryPage(found, write_cursor(("entries", identifier), part + 1) if more else None)


def sweep_work(system: System, asked: SweepRequest) -> Work:
    """Return the work of a sweep."""

    def work(progress: Progress) -> None:
        done = system.sweep(asked.prefix, tell=lambda so_far: progress.say(sweep=so_far))
        progress.write(sweep=done)

    return work


def audit_work(system: System, asked: AuditRequest) -> Work:
    """Return the work of an audit."""

    def work(progress: Progress) -> None:
        books, listed = Audit(system.context, prefix=asked.prefix), 0

        def take(entries: list[Any]) -> None:
            nonlocal listed
            listed += len(entries)
            progress.keep(entries)

        queued = audit(
            system, books, listed=asked.listed, repair=asked.repair, take=take,
            tell=lambda seen: progress.say(audit=report(books, listed=listed)),
        )  # fmt: skip
        progress.write(audit=report(books, listed=listed, queued=queued))

    return work


def retry_work(system: System, asked: RetryRequest, *, who: str) -> Work:
    """Return the work of a retry requested by ``who``."""

    def work(progress: Progress) -> None:
        done = retry_wanted(system, asked.wanted(), who=who, tell=lambda so_far: progress.say(retry=so_far))
        progress.write(retry=done)

    return work


def _found_key(runs: Runs, identifier: str) -> Run:
    run = runs.find(identifier)
    if run is None:
        raise HTTPException(404, "no such run; only the last hundred are stored")
    return run
