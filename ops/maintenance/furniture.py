"""Learns page furniture from the documents, and queues affected documents when the list changes."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ops.system import System, artefact_loader
from schemas.cleaned import Normalized
from schemas.errors import GongkaiError
from schemas.records import DocumentRecord, document_id
from workers.furniture import FRESH_SECONDS, Furniture, FurnitureList, Tally, ask_again, has_lost_line, holds, source_of


class NoSuchLineError(GongkaiError):
    """The list has no line with this identifier."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Counts of documents read and of those whose clean text is no longer stored, and the proposed lines."""

    documents: int
    lacking: int
    lines: tuple[Furniture, ...]


def learn(system: System, *, prefix: str = "", notice: Callable[[], None] = lambda: None) -> Learnt:
    """Propose the lines that recur in the documents below ``prefix``, or within each source if it is empty.

    Lines that people confirmed or rejected keep that state.

    Args:
        system: The system with the documents.
        prefix: Key prefix to treat as one source.
        notice: Called after each document.

    Raises:
        DependencyError: A server does not answer.
    """
    tallies: dict[str, Tally] = {}
    lacking = 0
    for record, normalized in _documents(system, prefix):
        notice()
        if normalized is None:
            lacking += 1
            continue
        source = prefix or source_of(record.key)
        tallies.setdefault(source, Tally(source)).count(normalized)
    proposed = [line for tally in tallies.values() for line in tally.learnt()]
    kept = FurnitureList(system.context.derived)
    lines = _merge(kept.all(), proposed, tallies.keys())
    kept.save(lines)
    new = tuple(line for line in lines if line.state == "learnt" and line.prefix in tallies)
    return Learnt(sum(tally.seen for tally in tallies.values()), lacking, new)


def decide(system: System, ids: Collection[str], *, confirmed: bool) -> tuple[list[Furniture], int]:
    """Confirm or reject lines; return them and the number of documents queued again.

    Queues only documents that contain a line now confirmed, or lost one that no longer is.

    Raises:
        NoSuchLineError: No line has one of these identifiers.
        DependencyError: A server does not answer; the call may be repeated.
    """
    kept = FurnitureList(system.context.derived)
    lines = kept.all()
    chosen = [line for line in lines if line.id in ids]
    if unknown := set(ids) - {line.id for line in chosen}:
        raise NoSuchLineError(f"{', '.join(sorted(unknown))}: no such line; `gongkai furniture list` shows them")
    state = "confirmed" if confirmed else "rejected"
    kept.save([replace(line, state=state) if line in chosen else line for line in lines])
    keys = sorted({key for line in chosen for key in _list_concerned(system, line, confirmed=confirmed)})
    if keys:
        # By then every worker has read the new list.
        time.sleep(FRESH_SECONDS)
    for key in keys:
        ask_again(system.context.derived, key)
    system.dispatch.send(keys)
    return [replace(line, state=state) for line in chosen], len(keys)


def _documents(system: System, prefix: str) -> Iterator[tuple[DocumentRecord, Normalized | None]]:
    find = artefact_loader(system.context, "normalize", Normalized)
    for each in system.context.index.record_keys(prefix):
        record = system.context.index.record(document_id(each.key)) if each.state.is_searchable else None
        if record is not None:
            yield record, find(record)


def _list_concerned(system: System, line: Furniture, *, confirmed: bool) -> Iterator[str]:
    concerned = holds if confirmed else has_lost_line
    for record, normalized in _documents(system, line.prefix):
        if normalized is not None and concerned(normalized, line.form):
            yield record.key


def _merge(old: Iterable[Furniture], new: Iterable[Furniture], sources: Collection[str]) -> list[Furniture]:
    """Return the list with the new proposals in place of earlier ones of the same sources."""
    decided = {line.id: line for line in old if line.state != "learnt" or line.prefix not in sources}
    for line in new:
        known = decided.get(line.id)
        decided[line.id] = replace(known, documents=line.documents, seen=line.seen) if known else line
    return sorted(decided.values(), key=lambda line: (line.prefix, -line.documents, line.line))
