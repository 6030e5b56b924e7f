"""Decide whether an original may be downloaded: only if all of it was checked, and nothing in it is held.

A container is downloaded with all files inside it, so each of them must have its outcome first. The digest of the
files is in the container's record; a listing below its key that lags behind does not match the digest.
"""

from collections.abc import Iterator

from schemas.families import CHILD_MARK, NO_CHILDREN, with_child
from schemas.outcomes import Problem, State
from schemas.records import DocumentRecord, document_id
from search.protocol import Index

_PAGE = 1000
_ADVICE = "GONGKAI_SERVE_UNREAD says whether such files are served"


def find_own_refusal(record: DocumentRecord, *, serve_unread: bool) -> str | None:
    """Return why a document's original is not served, apart from files inside it; None if it may be."""
    if not record.state.is_searchable:
        return f"the document is {record.state}"
    if not serve_unread and any(map(_is_unread, record.problems)):
        return f"a part of it could not be read and was not judged; {_ADVICE}"
    return None


def find_family_refusal(index: Index, record: DocumentRecord, *, serve_unread: bool) -> str | None:
    """Return why a container is not served because of a file inside it, at any depth; None if it may be.

    Raises:
        DependencyError: The index does not answer.
    """
    containers, marks = {record.key: record}, {record.key: NO_CHILDREN}
    for child in _list_live(index, f"{record.key}{CHILD_MARK}"):
        if refusal := _find_child_refusal(child, serve_unread=serve_unread):
            return refusal
        if child.container:
            containers[child.key] = child
        above = child.parent or ""
        marks[above] = with_child(marks.get(above, NO_CHILDREN), child.key, child.etag)
    expected = {key: container.children_mark for key, container in containers.items()}
    found = {key: marks.get(key, NO_CHILDREN) for key in {*containers, *marks}}
    return None if found == expected else "the files inside it are still being judged; try again in a moment"


def find_page_refusal(index: Index, record: DocumentRecord, *, serve_unread: bool) -> str | None:
    """Return why a picture of a page is not served; None if it may be.

    A container's pages are served if the container is; those of a file inside one, if nothing withholds that file or
    the containers around it. Pictures show nothing of the other files inside.

    Raises:
        DependencyError: The index does not answer.
    """
    if refusal := find_own_refusal(record, serve_unread=serve_unread):
        return refusal
    if record.container and (refusal := find_family_refusal(index, record, serve_unread=serve_unread)):
        return refusal
    parent = record.parent
    while parent is not None:
        around = index.record(document_id(parent))
        if around is None or find_own_refusal(around, serve_unread=serve_unread):
            return "a container it lies in is not served"
        parent = around.parent
    return None


def _list_live(index: Index, prefix: str) -> Iterator[DocumentRecord]:
    """Yield the newest records below a prefix; a listing only names the documents."""
    after = ""
    while page := index.records(prefix, after=after, limit=_PAGE):
        after = page[-1].key
        newest = index.records_of([record.id for record in page])
        yield from (record for record in newest.values() if record.state is not State.REMOVED)
        if len(page) < _PAGE:
            return


def _find_child_refusal(child: DocumentRecord, *, serve_unread: bool) -> str | None:
    if child.state is State.HELD:
        return "a document inside it is held"
    if child.state is State.FAILED:
        return None if serve_unread else f"a file inside it could not be read and was not judged; {_ADVICE}"
    return "a file inside it: " + own if (own := find_own_refusal(child, serve_unread=serve_unread)) else None


def _is_unread(problem: Problem) -> bool:
    return problem.unread or (problem.lossy and problem.stage == "convert")
