"""Control words of RTF that change the document: ends of paragraphs, cells and rows; fonts, styles and code page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

from workers.convert.word.rtf.charsets import codec_of_page
from workers.convert.word.rtf.state import State
from workers.convert.word.rtf.story import Story


class Document(Protocol):
    """What these words change of the document that is read; ``document.Document`` has it."""

    state: State
    stories: list[Story]
    fonts: dict[int, tuple[int | None, str]]
    page: int | None
    codec: str
    default_font: int | None
    deletions: int

    def style_begins(self, number: int) -> None:
        """Take what follows as the style of this number."""
        ...

    def style_outline(self, level: int | None) -> None:
        """Note the outline level of the style being read."""
        ...


def _paragraph(document: Document, _: int | None) -> None:
    document.stories[-1].end_paragraph(document.state.paragraph)


def _row(document: Document, _: int | None) -> None:
    document.stories[-1].end_row(1)


def _nested_row(document: Document, _: int | None) -> None:
    document.stories[-1].end_row(max(document.state.paragraph.table, 2))


def _cell(document: Document, _: int | None) -> None:
    document.stories[-1].end_cell(replace(document.state.paragraph, table=1), 1)


def _nested_cell(document: Document, _: int | None) -> None:
    level = max(document.state.paragraph.table, 2)
    document.stories[-1].end_cell(replace(document.state.paragraph, table=level), level)


def _edge(document: Document, number: int | None) -> None:
    document.stories[-1].edges.append(number or 0)


def _row_begins(document: Document, _: int | None) -> None:
    document.stories[-1].edges = []


def _page(document: Document, number: int | None) -> None:
    document.page, document.codec = number, codec_of_page(number)


def _default_font(document: Document, number: int | None) -> None:
    document.default_font = document.state.font = number


def _plain(document: Document, _: int | None) -> None:
    document.state.reset_text(document.default_font)


def _charset(document: Document, number: int | None) -> None:
    if document.state.destination == "fonts" and document.state.font is not None:
        document.fonts[document.state.font] = (number, "")


def _obey_deleted(document: Document, number: int | None) -> None:
    document.state.deleted = number != 0
    document.deletions += number != 0


def _style(document: Document, number: int | None) -> None:
    if document.state.destination == "styles":
        document.style_begins(number or 0)
    else:
        document.state.paragraph = replace(document.state.paragraph, style=number)


def _outline(document: Document, number: int | None) -> None:
    if document.state.destination == "styles":
        document.style_outline(number)
    else:
        document.state.paragraph = replace(document.state.paragraph, outline=number)


STRUCTURE_WORDS: Mapping[str, Callable[[Document, int | None], None]] = MappingProxyType(
    {
        **{"par": _paragraph, "sect": _paragraph, "row": _row, "nestrow": _nested_row, "cell": _cell},
        **{"nestcell": _nested_cell, "cellx": _edge, "trowd": _row_begins, "ansicpg": _page, "deff": _default_font},
        **{"plain": _plain, "fcharset": _charset, "deleted": _obey_deleted, "s": _style, "outlinelevel": _outline},
    }
)
"""What each word does to the document, given its parameter."""
