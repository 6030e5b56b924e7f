"""Failures over HTTP: by cause, by document, and the steps of one document."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from pydantic import Field

from ops.maintenance.failures import causes, in_states, list_failed, select
from ops.operations.answers import (
    CausePage,
    Paged,
    Prefix,
    Text,
    Traced,
    TroublePage,
    trace,
    trouble,
)
from ops.operations.cursor import read_cursor, write_cursor
from ops.system import System
from schemas.outcomes import Category, State
from search.http.errors import responses

Identifier = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="`document_id(key)`")]


class CauseParameters(Paged):
    """Which failures to group by cause."""

    prefix: Prefix = Field("", description="start of the key")
    partial: bool = Field(False, description="also documents that were read only in part")


class TroubleParameters(Paged):
    """Which documents to list."""

    prefix: Prefix = Field("", description="start of the key")
    state: list[State] = Field([State.FAILED], min_length=1, max_length=len(State), description="in these states")
    category: Category | None = Field(None, description="why they failed")
    cause: Text = Field("", description="text in the message of the cause, as `failures` shows it")


def documents_router(system: System) -> APIRouter:
    """Return these routes for a system."""
    router = APIRouter(responses=responses())

    @router.get("/failures", summary="Why documents failed")
    def failures(asked: Annotated[CauseParameters, Query()]) -> CausePage:
        """Return each cause with its number of documents and three examples; `gongkai failures`."""
        listing = ("failures", asked.prefix, asked.partial)
        after = read_cursor(listing, asked.cursor)
        found = causes(list_failed(system, asked.prefix, partial=asked.partial))
        places = [[-one.count, one.message, one.stage, one.category or "", one.state] for one in found]
        left = [n for n, place in sorted(enumerate(places), key=lambda pair: pair[1]) if after is None or place > after]
        page = left[: asked.size]
        more = write_cursor(listing, places[page[-1]]) if len(left) > asked.size else None
        return CausePage(tuple(found[n] for n in page), more)

    @router.get("/documents", summary="Documents by state and cause")
    def documents(asked: Annotated[TroubleParameters, Query()]) -> TroublePage:
        """Return documents by key, held ones included, with the problem that decided their outcome."""
        listing = ("documents", asked.prefix, sorted(asked.state), asked.category, asked.cause)
        after = read_cursor(listing, asked.cursor) or ""
        records = in_states(system, asked.state, asked.prefix, after=after)
        page = list(islice(select(records, category=asked.category, text=asked.cause), asked.size + 1))
        more = write_cursor(listing, page[asked.size - 1].key) if len(page) > asked.size else None
        return TroublePage(tuple(trouble(record) for record in page[: asked.size]), more)

    @router.get("/documents/{identifier}", summary="The way of one document", responses=responses(404))
    def document(identifier: Identifier) -> Traced:
        """Return a document's outcome, its trace, and each stage with time, attempt and worker."""
        record = system.context.index.record(identifier)
        if record is None:
            raise HTTPException(404, "no such document")
        return trace(record)

    return router
