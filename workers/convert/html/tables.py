"""Tables of a page that hold data, told from those that only lay the page out, as rows of cells."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from workers.convert.html.walk import Container, Walk

Rows = tuple[tuple[str, ...], ...]

_MAX_CELL_LENGTH = 1500  # a cell with more text is a column of the page's layout
_MAX_FIELDS = 200_000
_MIN_ROWS = 3


def data_tables(walk: Walk, wanted: list[bool], known: frozenset[int] = frozenset()) -> dict[int, tuple[range, Rows]]:
    """Return the tables of data: by index of their first piece, the range of their pieces and their rows.

    Args:
        walk: The page.
        wanted: For each piece whether it is main text; other tables are not looked at.
        known: Indexes of pieces in tables that are known to hold data, however small.
    """
    tables = _table_of(walk.containers)
    if max(tables, default=-1) < 0:
        return {}
    extents = _extents(walk)
    found: dict[int, tuple[range, Rows]] = {}
    end = 0
    for table in _shallow(walk.containers, tables):
        extent = extents[table]
        pieces = range(extent.first, extent.last + 1)
        shown = [index for index in pieces if not walk.pieces[index].hidden]
        if not shown or pieces.start < end or not all(wanted[index] for index in shown):
            continue
        inside = range(table + 1, extent.end)
        rows = _rows(walk, table, tables, inside, _cell_texts(walk, table, tables, inside, pieces))
        if known.issuperset(shown) or _is_data(rows):
            end = pieces.stop
            found[pieces.start] = (pieces, rows)
    return found


def grids(containers: list[Container]) -> list[bool]:
    """Return for each container whether it stands in a grid: a table with three or more rows of as many cells.

    A date in a grid is a value of its column, not the page's; tables that lay a page out have few rows alike.
    """
    tables = _table_of(containers)
    if max(tables, default=-1) < 0:
        return [False] * len(containers)
    cells: dict[int, int] = defaultdict(int)
    for container in containers:
        if container.tag in {"td", "th"} and container.parent >= 0:
            cells[container.parent] += 1
    widths: dict[int, Counter[int]] = defaultdict(Counter)
    for row, width in cells.items():
        if width >= 2 and containers[row].tag == "tr":
            widths[tables[row]][width] += 1
    regular = {table for table, counted in widths.items() if max(counted.values()) >= _MIN_ROWS}
    return [table in regular for table in tables]


@dataclass(slots=True)
class _Extent:
    """First and last piece of a container, its descendants' included, and the index after its last descendant."""

    first: int
    last: int
    end: int


def _extents(walk: Walk) -> list[_Extent]:
    extents = [_Extent(len(walk.pieces), -1, index + 1) for index in range(len(walk.containers))]
    for index, piece in enumerate(walk.pieces):
        extent = extents[piece.container]
        extent.first, extent.last = min(extent.first, index), max(extent.last, index)
    for index in range(len(walk.containers) - 1, 0, -1):
        parent, extent = walk.containers[index].parent, extents[index]
        if parent >= 0:
            outer = extents[parent]
            outer.first, outer.last = min(outer.first, extent.first), max(outer.last, extent.last)
            outer.end = max(outer.end, extent.end)
    return extents


def _shallow(containers: list[Container], tables: list[int]) -> list[int]:
    """Return the tables that hold no table that holds a table: those that do lay the page out."""
    height: dict[int, int] = {}
    for index in range(len(containers) - 1, -1, -1):
        if containers[index].tag == "table":
            height.setdefault(index, 0)
            parent = containers[index].parent
            outer = tables[parent] if parent >= 0 else -1
            if outer >= 0:
                height[outer] = max(height.get(outer, 0), height[index] + 1)
    return sorted(table for table, nested in height.items() if nested <= 1)


def _table_of(containers: list[Container]) -> list[int]:
    """Return for each container the innermost table it is in, -1 for none."""
    tables: list[int] = []
    for index, container in enumerate(containers):
        inherited = tables[container.parent] if container.parent >= 0 else -1
        tables.append(index if container.tag == "table" else inherited)
    return tables


def _rows(walk: Walk, table: int, tables: list[int], inside: range, texts: dict[int, str]) -> Rows:
    """Return the cells on a full grid: a merged cell's text in its first field, '' in the others it covers."""
    grid: dict[int, dict[int, str]] = defaultdict(dict)
    row, column, fields = -1, 0, 0
    for index in inside:
        container = walk.containers[index]
        if tables[index] != table or container.hidden:
            continue
        if container.tag == "tr":
            row, column = row + 1, 0
        elif container.tag in {"td", "th"} and row >= 0 and fields < _MAX_FIELDS:
            column = _place(grid, row, column, container.spans, texts.get(index, ""))
            fields += container.spans[0] * container.spans[1]
    width = max((max(fields_) + 1 for fields_ in grid.values() if fields_), default=0)
    if width * (row + 1) > _MAX_FIELDS:
        return tuple(tuple(grid[y][x] for x in sorted(grid[y])) for y in range(row + 1))
    return tuple(tuple(grid[y].get(x, "") for x in range(width)) for y in range(row + 1))


def _place(grid: dict[int, dict[int, str]], row: int, column: int, spans: tuple[int, int], text: str) -> int:
    """Put a cell at the first free field from ``column`` on and return the column after it."""
    while column in grid[row]:
        column += 1
    wide, high = spans
    for y in range(high):
        for x in range(wide):
            grid[row + y].setdefault(column + x, "" if x or y else text)
    return column + wide


def _cell_texts(walk: Walk, table: int, tables: list[int], inside: range, pieces: range) -> dict[int, str]:
    """Return the text of each cell of the table itself, its lines joined by a space."""
    owner: dict[int, int] = {}
    texts: dict[int, str] = defaultdict(str)
    for index in inside:
        container = walk.containers[index]
        is_cell = container.tag in {"td", "th"} and tables[index] == table
        owner[index] = index if is_cell else owner.get(container.parent, -1)
    for piece in (walk.pieces[index] for index in pieces):
        cell = owner.get(piece.container, -1)
        if cell >= 0 and not piece.hidden:
            texts[cell] += (" " if texts[cell] else "") + piece.text
    return texts


def _is_data(rows: Rows) -> bool:
    filled = [[cell for cell in row if cell] for row in rows]
    wide = sum(len(row) >= 2 for row in filled)
    longest = max((len(cell) for row in filled for cell in row), default=0)
    total = sum(len(cell) for row in filled for cell in row)
    return len(rows) >= 2 and wide >= 2 and longest <= min(_MAX_CELL_LENGTH, max(200, 0.6 * total))
