"""Treats the files inside containers as objects of their own: lookup, fetch, and comparison with their records.

A child has the key ``container!/path`` and no object in the inbox. Its container's record says whether it exists and
with which content; the convert stage's artefact of the container lists it, and its bytes lie in the derived store under
their hash. A child is always looked at in its current state, like any object: an event or a message is only a hint.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from schemas.blocks import Child, Converted
from schemas.errors import DocumentError, ObjectChangedError
from schemas.families import CHILD_MARK, Family, family_mark
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, State
from schemas.records import DocumentRecord, document_id
from workers.pipeline.artefacts import Artefacts, digest
from workers.pipeline.context import Context
from workers.pipeline.step import WorkItem
from workers.pipeline.versions import VERSIONS
from workers.sandbox.outcome import Conversion
from workers.storage.protocol import ObjectInfo

_KEEPERS = 16  # children stored at once
_SMALL_BYTES = 1 << 16
_LISTINGS = 32  # of containers whose children are worked on at the same time


def stat(key: str, context: Context) -> tuple[ObjectInfo | None, str | None]:
    """Return the current state of an inbox object or child (None if it is gone), and the child's container.

    Raises:
        ObjectChangedError: The container's listing was lost; the container must be looked at.
        DependencyError: A server does not answer.
    """
    info = context.inbox.stat(key)
    if info is not None or CHILD_MARK not in key:
        return info, None
    parent, _, path = key.rpartition(CHILD_MARK)
    record = context.index.record(document_id(parent))
    child = _list_children(record, context).get(path) if record is not None and holds_children(record) else None
    if record is None or child is None:
        return None, parent
    return ObjectInfo(key=key, etag=child.sha256, size=child.size, modified_at=record.modified_at), parent


def fetch(item: WorkItem, target: Path, context: Context) -> ObjectInfo | None:
    """Copy an object or a child to a local file; return what was fetched, or None if it is gone.

    An object larger than the limit is not copied.

    Raises:
        ObjectChangedError: It changed meanwhile, or the bytes of a child were lost.
        DependencyError: A server does not answer.
    """
    key, parent, etag = item.key, item.seen.parent, item.seen.etag
    if parent is None:
        return context.inbox.fetch(key, target, most=context.limits.input_bytes)
    found = context.derived.fetch(_place(etag), target)
    if found is None or digest(target) != etag:
        context.derived.remove(_place(etag))
        _forget(parent, context)
        raise ObjectChangedError(f"the bytes of {key} are gone; its container is read again", start=parent)
    return replace(found, key=key, etag=etag)


def keep(conversion: Conversion, context: Context) -> Converted:
    """Store the bytes of all children and return the document with the hash of each.

    Raises:
        DocumentError: The reader listed a child that it did not write.
        DependencyError: The store does not answer.
    """
    children = conversion.converted.children
    if not children:
        return conversion.converted
    # A store takes a small object in a few milliseconds, nearly all of which is waiting.
    with ThreadPoolExecutor(min(_KEEPERS, len(children)), "keep") as pool:
        kept = pool.map(lambda child: _keep_child(child, conversion, context), children)
        return replace(conversion.converted, children=tuple(kept))


def _keep_child(child: Child, conversion: Conversion, context: Context) -> Child:
    path = conversion.file_of(child)
    sha256 = digest(path)
    # Named by its content, so that it may be written again: for a small one that is the cheaper request.
    if child.size <= _SMALL_BYTES or context.derived.stat(_place(sha256)) is None:
        context.derived.upload(_place(sha256), path)
    return replace(child, sha256=sha256)


def family_of(key: str, converted: Converted) -> Family | None:
    """Return a container's record of its children, or None for a document that is no container."""
    if not converted.container:
        return None
    etags = {f"{key}{CHILD_MARK}{child.path}": child.sha256 for child in converted.children}
    mark = family_mark(etags.items())
    return Family(expected=converted.children_expected, emitted=len(converted.children), mark=mark)


def is_complete(record: DocumentRecord, context: Context) -> bool:
    """Return whether a container's listing is still stored; true for all other documents."""
    return not record.container or record.state is State.REMOVED or _read(record, context) is not None


def children_to_look_at(item: WorkItem, context: Context) -> tuple[str, ...]:
    """Return the children whose records disagree with their (former) container; they must be processed next."""
    concerned = item.progress.family is not None or item.seen.had_children
    return tuple(list_differing(item.key, context)) if concerned else ()


def list_differing(key: str, context: Context) -> Iterator[str]:
    """Yield the keys of children whose records disagree with what their (former) container holds now."""
    etags = expected_children(key, context)
    context.index.refresh()
    for found in context.index.record_keys(f"{key}{CHILD_MARK}"):
        if found.parent != key:
            continue
        etag = etags.pop(found.key, None)
        live = found.state is not State.REMOVED
        if live != (etag is not None) or (live and (found.etag, found.stages) != (etag, VERSIONS)):
            yield found.key
    yield from etags


def expected_children(key: str, context: Context) -> dict[str, str]:
    """Return key and ETag of each child a container holds now; empty if it is no container, or gone.

    Raises:
        ObjectChangedError: Its listing was lost; it must be read again.
        DependencyError: A server does not answer.
    """
    record = context.index.record(document_id(key))
    listing = _list_children(record, context) if record is not None and holds_children(record) else {}
    return {f"{key}{CHILD_MARK}{path}": child.sha256 for path, child in listing.items()}


def check_depth(item: WorkItem, context: Context) -> None:
    """Refuse an object nested too deep or in too large a family; otherwise a container that holds itself never ends.

    Raises:
        DocumentError: It is nested too deep, or its family is too large.
    """
    limits, above = context.limits, item.seen.parent
    if above is None or item.key.count(CHILD_MARK) < 2:
        return
    depth, root = 0, item.key
    while above is not None and depth <= limits.nesting_depth:
        record = context.index.record(document_id(above))
        depth, root, above = depth + 1, above, record.parent if record else None
    if depth > limits.nesting_depth:
        said = Sentence.of("nested-too-deep", limit=limits.nesting_depth, setting="GONGKAI_LIMIT_NESTING_DEPTH")
        raise DocumentError(Category.BOMB, said)
    if sum(context.index.counts(f"{root}{CHILD_MARK}").values()) > limits.child_count:
        said = Sentence.of("family-too-large", limit=limits.child_count, setting="GONGKAI_LIMIT_CHILD_COUNT")
        raise DocumentError(Category.BOMB, said)


def holds_children(record: DocumentRecord) -> bool:
    """Return whether a record is that of a container that still exists."""
    return record.container and record.state is not State.REMOVED


def _list_children(record: DocumentRecord, context: Context) -> MappingProxyType[str, Child]:
    try:
        return _listing(context.artefacts, record.content, record.stages["convert"])
    except LookupError:
        message = f"what {record.key} holds is no longer known; it is read again"
        raise ObjectChangedError(message, start=record.key) from None


@lru_cache(_LISTINGS)
def _listing(artefacts: Artefacts, content: str, version: int) -> MappingProxyType[str, Child]:
    # Cached, because each child of a container of thousands asks for it.
    converted = artefacts.get(content, "convert", version, Converted)
    if converted is None:
        raise LookupError(content)
    return MappingProxyType({child.path: child for child in converted.children})


def _read(record: DocumentRecord, context: Context) -> Converted | None:
    return context.artefacts.get(record.content, "convert", record.stages["convert"], Converted)


def _forget(container: str, context: Context) -> None:
    record = context.index.record(document_id(container))
    if record is not None and holds_children(record):
        context.artefacts.drop(record.content)


def _place(sha256: str) -> str:
    return f"children/{sha256[:2]}/{sha256}"
