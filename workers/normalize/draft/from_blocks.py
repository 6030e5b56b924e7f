"""Opens the working sheet from blocks and removes those whose role is not running text."""

from schemas.blocks import Block, Converted
from workers.normalize.draft.sheet import Draft, DraftLine

# Footnotes, text boxes and captions are the document's own words and stay.
_OUT = {"header": "page_header", "footer": "page_footer", "hidden": "hidden_text", "chrome": "page_chrome"}


def open_draft(converted: Converted) -> Draft:
    """Return the working sheet of a converted document, its roles not yet looked at."""
    lines = tuple(_line(index, block) for index, block in enumerate(converted.blocks))
    return Draft(converted.format, lines, clues=converted.clues, problems=converted.problems)


def remove_by_role(draft: Draft) -> Draft:
    """Take out page headers and footers, hidden text, and what the converter knew to be page chrome.

    A gazette page carries 「山东省人民政府公报 2019年第3期」 above and 「— 12 —」 below its text; Word files carry
    hidden drafting notes that no reader sees.
    """
    return draft.drop({index: _OUT[line.role] for index, line in enumerate(draft.lines) if line.role in _OUT})


def _line(index: int, block: Block) -> DraftLine:
    return DraftLine(
        text=_table_text(block) if block.kind == "table" and block.rows else block.text,
        pieces=((0, index, 0),),
        kind=block.kind,
        role=block.role,
        number=block.number,
        page=block.page,
        style=block.style,
    )


def _table_text(block: Block) -> str:
    """Return the cells joined by tab and newline, with none of either inside a cell, so that they come apart again."""
    return "\n".join("\t".join(_flat(cell) for cell in row) for row in block.rows)


def _flat(cell: str) -> str:
    return cell.replace("\t", " ").replace("\n", " ").replace("\r", " ")
