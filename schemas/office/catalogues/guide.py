"""A guide or a catalogue of disclosure, and the items it must hold."""

from dataclasses import dataclass
from enum import StrEnum


class GuideKind(StrEnum):
    """Which of the two a document is."""

    GUIDE = "指南"
    CATALOGUE = "目录"


@dataclass(frozen=True, slots=True)
class GuideText:
    """A guide or catalogue as it is checked; ``dated`` is its last date, ISO 8601, empty if none is known."""

    document: str
    document_id: str
    title: str
    kind: GuideKind
    text: str
    dated: str = ""
