"""The filled form as an html page of its own, its merged cells those of the form."""

from collections.abc import Iterator
from html import escape

from schemas.office.applications import FilledForm
from search.office.form.grid import Grid, GridCell, grids
from search.office.form.text import chapters, preamble, title

_STYLE = (
    "body{font:16px/1.8 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}h1{text-align:center;font-size:1.5rem}"
    "h2{font-size:1.15rem}table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.4}"
    "td{border:1px solid;padding:.2rem .3rem;text-align:center}p{text-indent:2em}"
)


def html_page(form: FilledForm) -> str:
    """Return the page."""
    name = escape(title(form))
    parts = [
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{name}</title>',
        f"<style>{_STYLE}</style></head><body>\n<h1>{name}</h1>\n<p>{escape(preamble(form))}</p>",
    ]
    tables = grids(form)
    for ordinal, heading, paragraphs in chapters(form):
        parts.append(f"<h2>{escape(heading)}</h2>")
        parts += [f"<p>{escape(one)}</p>" for one in paragraphs]
        if ordinal in tables:
            parts.append("".join(_table(tables[ordinal])))
    return "\n".join([*parts, "</body></html>\n"])


def _table(grid: Grid) -> Iterator[str]:
    yield "<table>\n"
    for row in grid:
        yield f"<tr>{''.join(_cell(cell) for cell in row)}</tr>\n"
    yield "</table>"


def _cell(cell: GridCell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<td{columns}{rows}>{escape(cell.text)}</td>"
