"""Failed documents by cause: what they have in common, trying them again, and forgetting those that are gone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ops.system import System
from schemas.errors import GongkaiError
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord, document_id

MAX_FAILURES = 100_000
EXAMPLES = 3
BATCH_SIZE = 200

# What differs from one document to the next in messages that say the same.
_VARIABLE = re.compile(
    r"'[^']{0,200}'|\"[^\"]{0,200}\"|「[^」]{0,200}」|(?<![A-Za-z])[0-9a-f]{16,64}\b|(?<![A-Za-z\d,.:])\d[\d,.:]*+(?![A-Za-z])"
)


class NothingToForgetError(GongkaiError):
    """There is no record of that key, or its object is still there."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Documents that failed for the same reason.

    Attributes:
        state: ``list_failed``, or ``partial`` where those were asked for.
        category: Of the failure.
        stage: Where it was found.
        message: With ``…`` for what differs.
        count: How many documents.
        examples: Keys of the first of them.
    """

    state: State
    category: Category | None
    stage: str
    message: str
    count: int
    examples: tuple[str, ...]


def cause_of(record: DocumentRecord) -> tuple[Category | None, str, str]:
    """Return what documents with the same trouble have in common: category, stage and message."""
    if not record.problems:
        return record.category, "", ""
    lossy = next((problem for problem in record.problems if problem.lossy), record.problems[0])
    problem = record.problems[0] if record.state is State.FAILED else lossy
    message = problem.message.replace(record.key, "…").replace(record.key.rpartition("/")[2], "…")
    return record.category, problem.stage, _VARIABLE.sub("…", message)


def causes(records: Iterable[DocumentRecord]) -> list[Cause]:
    """Group documents by cause, the most frequent first; memory grows with the causes, not with the documents."""
    counts: dict[tuple[State, Category | None, str, str], int] = {}
    examples: dict[tuple[State, Category | None, str, str], list[str]] = {}
    for record in records:
        group = (record.state, *cause_of(record))
        counts[group] = counts.get(group, 0) + 1
        known = examples.setdefault(group, [])
        if len(known) < EXAMPLES:
            known.append(record.key)
    found = [Cause(*group, count, tuple(examples[group])) for group, count in counts.items()]
    return sorted(found, key=lambda cause: (-cause.count, cause.message))


def list_failed(system: System, prefix: str = "", *, partial: bool = False) -> list[DocumentRecord]:
    """Return the records of failed (and partial) documents, ``MAX_FAILURES`` at most, by key."""
    states = (State.FAILED, State.PARTIAL) if partial else (State.FAILED,)
    return system.context.index.records(prefix, states=states, limit=MAX_FAILURES)


def retry(system: System, records: Iterable[DocumentRecord], *, keep_made: bool = False) -> int:
    """Have these documents processed again; return how many that were.

    With ``keep_made`` what the stages made of them is used again, so that they are only indexed anew.

    Their records are marked as outdated first, so that a message that gets lost is found by the sweep. What is being
    worked on is left alone.

    Raises:
        DependencyError: A server does not answer.
    """
    sent, source = 0, iter(records)
    while batch := list(islice(source, BATCH_SIZE)):
        busy = system.context.inflight.busy([record.key for record in batch])
        chosen = [record for record in batch if record.key not in busy and record.state is not State.REMOVED]
        for record in chosen:
            if record.content and not keep_made:
                system.context.artefacts.drop(record.content)
            _outdate(system, record)
        system.dispatch.send(record.key for record in chosen)
        sent += len(chosen)
    return sent


def _outdate(system: System, record: DocumentRecord) -> None:
    rows = system.context.index.sections(record.id) if record.sections else ()
    system.context.index.replace(replace(record, stages={**record.stages, "index": 0}), rows)


def select(
    records: Iterable[DocumentRecord], *, category: Category | None = None, text: str = ""
) -> Iterator[DocumentRecord]:
    """Yield those records that failed with this category and have this text in the message of their cause."""
    for record in records:
        found, _, message = cause_of(record)
        if (category is None or found is category) and text in message:
            yield record


def forget(system: System, keys: Iterable[str]) -> int:
    """Delete the records of removed objects; return how many that were.

    Raises:
        NothingToForgetError: An object is still there, or has no record.
        DependencyError: A server does not answer.
    """
    wanted = list(keys)
    for key in wanted:
        record = system.context.index.record(document_id(key))
        if record is None:
            raise NothingToForgetError(f"{key}: there is no record of it")
        if record.state is not State.REMOVED:
            raise NothingToForgetError(
                f"{key}: it is {record.state}; remove the object from the inbox and run `gongkai sweep` first"
            )
    system.context.index.forget([document_id(key) for key in wanted])
    return len(wanted)
