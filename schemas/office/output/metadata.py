"""The metadata of one official document."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metadata:
    """The record of one article after GB/T 33480.

    Attributes:
        document: Key of the object.
        document_id: In the index.
        article: Ordinal of the article in the document.
        elements: Values by the standard's name of the element, all 18 in its order; empty if nothing is stated.
    """

    document: str
    document_id: str
    article: int
    elements: Mapping[str, tuple[str, ...]]
