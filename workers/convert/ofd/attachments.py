"""Files attached inside an OFD (GB/T 33190, clause 20), which become documents of their own, as those of a PDF do."""

from collections.abc import Iterator

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.members import Members
from workers.convert.ofd.markup import children, resolve_name, text_of
from workers.convert.package.zip_parts import Element, Parts
from workers.convert.source import Source


def attachments_of(parts: Parts, name: str, root: Element) -> Iterator[tuple[str, str]]:
    """Yield name and place of each attachment of a document.

    Args:
        parts: The package.
        name: Of the document's part.
        root: Its root.
    """
    listed = text_of(root, "Attachments")
    place = resolve_name(name, listed) if listed else ""
    for item in children(parts.spare(place) if place else None, "Attachment"):
        stored, shown = text_of(item, "FileLoc"), item.get("Name", "")
        suffix = item.get("Format", "").lower()
        if suffix and shown and "." not in shown:
            shown = f"{shown}.{suffix}"
        if stored or shown:
            yield shown or stored.rpartition("/")[2], resolve_name(place, stored) if stored else ""


def read_attachments(parts: Parts, source: Source, found: list[tuple[str, str]]) -> Members | None:
    """Return the attachments as members of the container the document is; None if there are none."""
    if not found:
        return None
    members = Members(source)
    for name, place in found:
        try:
            data = parts.data(place) if place else None
        except DocumentError as error:
            members.leave_out(name, error.category, Sentence.of("files-unreadable", cause=error.said))
            continue
        if data is None:
            members.leave_out(name, Category.CORRUPT, Sentence.of("files-not-there"))
        else:
            members.add(name, lambda data=data: [data])  # type: ignore[misc]
    return members
