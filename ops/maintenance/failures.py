"""Failed documents: groups them by cause, retries them, deletes the records of removed ones."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from ops.audit_log import Action, append_entry
from ops.system import System
from schemas.errors import GongkaiError
from schemas.messages.template import Language
from schemas.outcomes import Category, Problem, State, say_problem
from schemas.records import DUE_AGAIN, DocumentRecord, document_id
from workers.pipeline.stage_names import ORDER

EXAMPLES = 3
BATCH_SIZE = 200

# Parts that vary between documents in otherwise equal messages.
_VARIABLE = re.compile(
    r"'[^']{0,200}'|\"[^\"]{0,200}\"|「[^」]{0,200}」|(?<![A-Za-z])[0-9a-f]{16,64}\b|(?<![A-Za-z\d,.:])\d[\d,.:]*+(?![A-Za-z])"
)


class Start(StrEnum):
    """The stage at which a retried document starts; results of earlier stages are reused."""

    FIRST = "first"
    FAILED = "failed"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents to retry, and from which stage.

    Attributes:
        keys: Object keys; if keys or ids are given, only these documents.
        ids: Document identifiers.
        prefix: Without keys and ids, all failed documents below this prefix.
        category: Only failures of this category.
        cause: Only failures whose message contains this text.
        partial: Also documents that were read only in part.
        start: The stage to start at.
    """

    keys: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    prefix: str = ""
    category: Category | None = None
    cause: str = ""
    partial: bool = False
    start: Start = Start.FIRST

    @property
    def names_documents(self) -> bool:
        """Whether documents are named one by one."""
        return bool(self.keys or self.ids)


@dataclass(frozen=True, slots=True)
class Retried:
    """The result of a retry.

    Attributes:
        sent: Number of documents queued again.
        busy: Number skipped: already being processed, or the object is gone.
        unknown: Keys or identifiers without a record.
    """

    sent: int = 0
    busy: int = 0
    unknown: tuple[str, ...] = ()


class NothingToForgetError(GongkaiError):
    """The key has no record, or its object still exists."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Documents that failed for the same reason.

    Attributes:
        state: ``failed``, or ``partial`` if those were requested.
        category: Category of the failure.
        stage: Stage that failed.
        message: Message with ``…`` for the parts that vary.
        count: Number of documents.
        examples: Keys of the first of them.
        code: Of the sentence, the same in every language; empty if records of before have none.
        said: The message in the language that was asked for.
    """

    state: State
    category: Category | None
    stage: str
    message: str
    count: int
    examples: tuple[str, ...]
    code: str = ""
    said: str = ""


def cause_of(record: DocumentRecord) -> tuple[Category | None, str, str]:
    """Return the cause that documents with the same failure share: category, stage and message."""
    problem = _deciding(record)
    return (record.category, problem.stage, _mask(problem.message, record)) if problem else (record.category, "", "")


def say_cause(record: DocumentRecord, language: Language) -> str:
    """Return the message of ``cause_of`` in a language."""
    problem = _deciding(record)
    return _mask(say_problem(problem, language), record) if problem else ""


def _deciding(record: DocumentRecord) -> Problem | None:
    first = next(iter(record.problems), None)
    lossy = next((problem for problem in record.problems if problem.lossy), first)
    return first if record.state is State.FAILED else lossy


def _mask(message: str, record: DocumentRecord) -> str:
    return _VARIABLE.sub("…", message.replace(record.key, "…").replace(record.key.rpartition("/")[2], "…"))


def causes(records: Iterable[DocumentRecord], language: Language = "en") -> list[Cause]:
    """Group documents by cause, the most frequent first; memory grows with the causes, not with the documents.

    They are grouped by what records keep, in whatever language they are said: a record without codes stands with those
    that have them.
    """
    counts: dict[tuple[State, Category | None, str, str], int] = {}
    examples: dict[tuple[State, Category | None, str, str], list[str]] = {}
    said: dict[tuple[State, Category | None, str, str], tuple[str, str]] = {}
    for record in records:
        group = (record.state, *cause_of(record))
        counts[group] = counts.get(group, 0) + 1
        problem = _deciding(record)
        if problem and not said.get(group, ("", ""))[0]:
            said[group] = (problem.code, say_cause(record, language))
        known = examples.setdefault(group, [])
        if len(known) < EXAMPLES:
            known.append(record.key)
    found = [
        Cause(*group, count, tuple(examples[group]), *said.get(group, ("", ""))) for group, count in counts.items()
    ]
    return sorted(found, key=lambda cause: (-cause.count, cause.message))


def list_failed(
    system: System, prefix: str = "", *, partial: bool = False, after: str = ""
) -> Iterator[DocumentRecord]:
    """Stream the records of failed (and partial) documents by key, behind ``after``, in constant memory."""
    return in_states(system, (State.FAILED, State.PARTIAL) if partial else (State.FAILED,), prefix, after=after)


def in_states(
    system: System, states: Sequence[State], prefix: str = "", *, after: str = ""
) -> Iterator[DocumentRecord]:
    """Stream the records in these states by key, behind ``after``, in constant memory."""
    while page := system.context.index.records(prefix, states=states, after=after, limit=BATCH_SIZE):
        yield from page
        after = page[-1].key


def retry(
    system: System,
    records: Iterable[DocumentRecord],
    *,
    start: Start = Start.FIRST,
    tell: Callable[[int, int], object] = lambda sent, busy: None,
) -> int:
    """Queue these documents again; return how many.

    Records are marked as outdated first, so that the sweep finds a document whose message is lost. Documents that
    are being processed are skipped.

    Args:
        system: Where they are.
        records: The documents' records.
        start: The stage to start at.
        tell: Called after each batch with the numbers sent and skipped so far.

    Raises:
        DependencyError: A server does not answer.
    """
    sent, left, source = 0, 0, iter(records)
    while batch := list(islice(source, BATCH_SIZE)):
        busy = system.context.inflight.find_busy([record.key for record in batch])
        chosen = [record for record in batch if record.key not in busy and record.state is not State.REMOVED]
        for record in chosen:
            if record.content and (stages := stages_again(record, start)):
                system.context.artefacts.drop(record.content, stages)
            _outdate(system, record)
        system.dispatch.send(record.key for record in chosen)
        sent, left = sent + len(chosen), left + len(batch) - len(chosen)
        tell(sent, left)
    return sent


def retry_wanted(
    system: System, wanted: Wanted, *, who: str = "", tell: Callable[[Retried], object] = lambda so_far: None
) -> Retried:
    """Queue the wanted documents again and return how many were sent, skipped and unknown.

    ``who`` is as in ``ops.audit_log.append_entry``.

    Raises:
        AuditLogError: It could not be written down.
        DependencyError: A server does not answer; the documents sent before stay queued.
    """
    named, unknown = _name_clauses(system, wanted)
    _write_down(system, wanted, [record.key for record in named], who=who)
    records = select(
        named if wanted.names_documents else list_failed(system, wanted.prefix, partial=wanted.partial),
        category=wanted.category,
        text=wanted.cause,
    )
    done = Retried(unknown=unknown)

    def count(sent: int, busy: int) -> None:
        nonlocal done
        done = Retried(sent, busy, unknown)
        tell(done)

    retry(system, records, start=wanted.start, tell=count)
    return done


def _write_down(system: System, wanted: Wanted, keys: list[str], *, who: str) -> None:
    if not wanted.names_documents:
        # The text of a cause may come from a document.
        facts = {"category": wanted.category, "by_cause": bool(wanted.cause) or None, "partial": wanted.partial or None}
        append_entry(system.settings, Action.RETRY, target=f"{wanted.prefix}*", who=who, start=wanted.start, **facts)
    for key in keys:
        append_entry(system.settings, Action.RETRY, target=key, who=who, start=wanted.start)


def _name_clauses(system: System, wanted: Wanted) -> tuple[list[DocumentRecord], tuple[str, ...]]:
    """Return the records of the named documents, and the names without a record."""
    names = {identifier: identifier for identifier in wanted.ids}
    names |= {document_id(key): key for key in wanted.keys}
    known: dict[str, DocumentRecord] = {}
    source = iter(names)
    while batch := list(islice(source, BATCH_SIZE)):
        known |= system.context.index.records_of(batch)
    return list(known.values()), tuple(name for identifier, name in names.items() if identifier not in known)


def stages_again(record: DocumentRecord, start: Start) -> tuple[str, ...]:
    """Return the stages that run again if a document starts at ``start``."""
    if start is Start.INDEX:
        return ()
    stage = cause_of(record)[1] if start is Start.FAILED else ORDER[0]
    return ORDER[ORDER.index(stage) :] if stage in ORDER else ORDER


def _outdate(system: System, record: DocumentRecord) -> None:
    rows = system.context.index.sections(record.id) if record.sections else ()
    system.context.index.replace(replace(record, stages={**record.stages, "index": DUE_AGAIN}), rows)


def select(
    records: Iterable[DocumentRecord], *, category: Category | None = None, text: str = ""
) -> Iterator[DocumentRecord]:
    """Yield the records with this failure category and this text in the failure's message, in either language."""
    for record in records:
        found, _, message = cause_of(record)
        messages = (message, say_cause(record, "en"), say_cause(record, "zh"))
        if (category is None or found is category) and any(text in one for one in messages):
            yield record


def forget(system: System, keys: Iterable[str], *, who: str = "") -> int:
    """Delete the records of removed objects; return how many. ``who`` is as in ``retry_wanted``.

    Raises:
        NothingToForgetError: An object is still there, or has no record.
        DependencyError: A server does not answer.
    """
    wanted = list(keys)
    for key in wanted:
        record = system.context.index.record(document_id(key))
        if record is None:
            raise NothingToForgetError(f"{key}: it has no record; `gongkai status` lists documents with one")
        if record.state is not State.REMOVED:
            raise NothingToForgetError(
                f"{key}: it is {record.state}; remove the object from the inbox and run `gongkai sweep` first"
            )
    for key in wanted:
        append_entry(system.settings, Action.FORGET, target=key, who=who)
    system.context.index.forget([document_id(key) for key in wanted])
    return len(wanted)
