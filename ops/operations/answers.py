"""Request and response models of ``/v1/operations`` that go beyond what a use case returns."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Annotated, Any

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ops.maintenance.decisions.release import NothingToHoldError, NothingToReleaseError
from ops.maintenance.failures import Cause, cause_of
from ops.maintenance.reach import OutOfReachError
from ops.maintenance.removal.purge import NothingToPurgeError
from ops.maintenance.runs import Run, TooManyRunsError
from schemas.journeys import Journey
from schemas.messages.sentence import Value
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord
from search.http.errors import responses
from workers.leases.protocol import RunningKey
from workers.reconcile.audit import AuditEntry

Prefix = Annotated[str, StringConstraints(max_length=1024)]
Text = Annotated[str, StringConstraints(max_length=1000)]


class Paged(BaseModel):
    """Parameters for a page of a list; unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: str | None = Field(None, max_length=12_000, description="`cursor` of the page before")
    size: int = Field(50, ge=1, le=500, description="entries a page")


@dataclass(frozen=True, slots=True)
class CausePage:
    """Causes of failures, the most frequent first."""

    causes: tuple[Cause, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """The outcome of one document; ``stage`` and ``message`` are those of the deciding problem.

    ``version`` is the recorded ETag, which a release may name.
    """

    id: str
    key: str
    state: State
    category: Category | None
    stage: str
    message: str
    recorded_at: float
    version: str = ""


@dataclass(frozen=True, slots=True)
class TroublePage:
    """Documents by key."""

    documents: tuple[Trouble, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class RunningPage:
    """Running jobs, the longest first."""

    running: tuple[RunningKey, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class RunPage:
    """Runs, the newest first."""

    runs: tuple[Run, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Keys listed by an audit, in the order found."""

    entries: tuple[AuditEntry, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """A problem of a document's record, field by field; ``Problem`` is the name of RFC 9457's in the description."""

    stage: str
    message: str
    category: Category | None
    page: int | None
    place: str | None
    lossy: bool
    unread: bool
    code: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Traced:
    """One document, even if held, with all its problems and its known steps from request to outcome."""

    document: Trouble
    problems: tuple[DocumentProblem, ...]
    journey: Journey | None


def trace(record: DocumentRecord) -> Traced:
    """Return a document with its problems and its steps."""
    names = [each.name for each in fields(DocumentProblem)]
    problems = tuple(DocumentProblem(**{name: getattr(problem, name) for name in names}) for problem in record.problems)
    return Traced(trouble(record), problems, record.journey)


def trouble(record: DocumentRecord) -> Trouble:
    """Return a record's entry in operators' lists."""
    category, stage, _ = cause_of(record)
    lossy = next((problem for problem in record.problems if problem.lossy), None)
    problem = lossy if record.state is State.PARTIAL and lossy else next(iter(record.problems), None)
    message = problem.message if problem else ""
    return Trouble(record.id, record.key, record.state, category, stage, message, record.indexed_at, record.etag)


def conflict(description: str) -> dict[int | str, dict[str, Any]]:
    """Return the description of a 409 of these routes."""
    return {409: {**responses(409)[409], "description": description}}


OUT_OF_REACH = conflict("This stack cannot do it; `detail` says what to do instead.")


@contextmanager
def refusals() -> Iterator[None]:
    """Answer 409 if a use case refuses because of the present state, not because of the request."""
    try:
        yield
    except (OutOfReachError, NothingToHoldError, NothingToPurgeError, NothingToReleaseError, TooManyRunsError) as error:
        raise HTTPException(409, str(error)) from error
