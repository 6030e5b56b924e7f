"""The parts of a document that is written anew."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """The title of an article, and its 文号."""

    text: str
    document_number: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number; ``level`` counts from 1 by how deep it is nested."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote."""

    text: str


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table, row by row; a row may be shorter than others."""

    rows: tuple[tuple[str, ...], ...]


Part = Title | Heading | Paragraph | Note | TableRows
