"""Parts of a document as html: every text escaped, headings without a gap in their levels."""

from collections.abc import Iterable, Iterator
from html import escape

from schemas.office.output.reprint import Heading, Note, Part, TableRows, Title

STYLE = (
    "body{font:16px/1.8 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}h1,h2.title{text-align:center}"
    "p{text-indent:2em}p.number{text-align:center;text-indent:0}p.note{font-size:.85rem;text-indent:0}"
    "table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.4}"
    "td{border:1px solid;padding:.2rem .3rem}nav li{margin:.2rem 0}"
)
_DEEPEST = 6


def html_lines(parts: Iterable[Part], *, anchor: str, top: int) -> Iterator[str]:
    """Yield the elements of a document.

    Args:
        parts: Its parts.
        anchor: Identifier of its title.
        top: Level of its title: 1 where it stands alone, 2 in a gazette.
    """
    rank = 0
    for part in parts:
        if isinstance(part, Title):
            rank = 0
            yield f'<h{top} class="title" id="{escape(anchor)}">{escape(part.text)}</h{top}>'
            if part.document_number:
                yield f'<p class="number">{escape(part.document_number)}</p>'
        elif isinstance(part, Heading):
            rank = min(part.level, rank + 1)
            level = min(top + rank, _DEEPEST)
            yield f"<h{level}>{escape(part.text)}</h{level}>"
        elif isinstance(part, TableRows):
            yield _table(part)
        else:
            kind = ' class="note"' if isinstance(part, Note) else ""
            yield f"<p{kind}>{escape(part.text)}</p>"


def _table(part: TableRows) -> str:
    width = max(map(len, part.rows))
    rows = ((*row, *[""] * (width - len(row))) for row in part.rows)
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return "\n".join(["<table>", *(f"<tr>{row}</tr>" for row in cells), "</table>"])
