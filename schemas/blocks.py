"""The artefact of the convert stage: a document of any format as blocks in reading order."""

from dataclasses import dataclass, field
from typing import Literal

from schemas.outcomes import Problem

Role = Literal[
    "body",  # running text, headings included
    "header",  # page header, running head
    "footer",  # page footer, page number
    "footnote",
    "textbox",
    "caption",
    "hidden",  # text that Word does not show; recorded, never indexed
    "chrome",  # page chrome a converter is sure of: navigation, share buttons
]


@dataclass(frozen=True, slots=True)
class Style:
    """Typographic evidence; a field is None if the format does not state it.

    Attributes:
        heading_level: 1-based outline level of the paragraph's style (Heading 1 is 1, ``<h1>`` is 1).
        bold: Whether the whole paragraph is bold.
        size: Font size in points.
        align: Horizontal alignment.
        indent: First-line indent in points.
        name: Name of the paragraph style.
    """

    heading_level: int | None = None
    bold: bool | None = None
    size: float | None = None
    align: Literal["left", "center", "right", "justify"] | None = None
    indent: float | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one table.

    Attributes:
        text: The text as a reader sees it, generated numbers included; for a table its cells, tab and newline
            separated.
        kind: ``paragraph`` or ``table``.
        role: Which part of the page it belongs to.
        number: The part of ``text`` at its start that an automatic list number generated (``一、``), else None.
        page: 1-based page, if the format has pages.
        style: Typographic evidence.
        rows: Cells of a table, row by row; empty for a paragraph.
    """

    text: str
    kind: Literal["paragraph", "table"] = "paragraph"
    role: Role = "body"
    number: str | None = None
    page: int | None = None
    style: Style | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Clue:
    """A labelled value found outside the running text.

    Attributes:
        label: Verbatim label: ``索引号``, ``发布日期``, ``来源``, ``title``.
        value: Verbatim value.
        origin: ``meta_table`` (the metadata table of a disclosure page), ``publish_line``, ``breadcrumb``,
            ``html_meta``, ``run_embedded`` (document properties).
    """

    label: str
    value: str
    origin: Literal["meta_table", "publish_line", "breadcrumb", "html_meta", "embedded"]


@dataclass(frozen=True, slots=True)
class Child:
    """A file inside a container; its bytes are in the conversion's output folder under ``stored``.

    ``sha256`` is the hash of its bytes, in hexadecimal; empty until they are stored durably. ``path`` never contains
    ``!/``.
    """

    path: str
    size: int
    stored: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """A document as blocks in reading order.

    Attributes:
        format: Format of the content (``docx``, ``pdf``, ``txt`` …), decided by its bytes, never by its name.
        named_format: Format by the file's name, if it differs; else None.
        blocks: Paragraphs and tables in reading order.
        clues: Labelled values outside the running text.
        encoding: Character encoding of a text format, as a Python codec name.
        pages: Number of pages, if the format has pages.
        attachments: Names (or links) of files the document refers to; never fetched.
        container: True for archives and mail; ``children`` then lists the extracted files.
        children: Files inside a container that became documents of their own.
        children_expected: Number of children that the container states.
        problems: Problems met; a ``lossy`` one makes the document partial.
        unseen: Stretches of the original that are no text of it (comments, tracked deletions, properties, what a black
            box covers): never indexed, but judged for personal data, since whoever finds a document may download it.
    """

    format: str
    blocks: tuple[Block, ...]
    named_format: str | None = None
    clues: tuple[Clue, ...] = ()
    encoding: str | None = None
    pages: int | None = None
    attachments: tuple[str, ...] = ()
    container: bool = False
    children: tuple[Child, ...] = ()
    children_expected: int = 0
    problems: tuple[Problem, ...] = field(default=())
    unseen: tuple[str, ...] = ()
