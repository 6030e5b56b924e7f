"""Artefacts masked as indexed text is, for everything that shows them or writes them out."""

from collections.abc import Callable, Collection
from typing import TypeVar

from schemas.records import DocumentRecord
from workers.pipeline.mask_policy import mask_all

T = TypeVar("T")


def mask_loaded(
    read: Callable[[DocumentRecord], T | None], kinds: Collection[str]
) -> Callable[[DocumentRecord], T | None]:
    """Return ``read`` with its results masked as indexed text is."""

    def find(record: DocumentRecord) -> T | None:
        found = read(record)
        wanted = found is not None and set(kinds).intersection(record.flags)
        return mask_all(found, kinds) if wanted else found

    return find
