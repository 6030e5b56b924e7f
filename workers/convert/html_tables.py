"""Tables of a page that hold data, told from those that only lay the page out, as rows of cells."""

from collections import defaultdict

from workers.convert.html_walk import Container, Walk

Rows = tuple[tuple[str, ...], ...]

_LONGEST_CELL = 1500  # a cell with more text is a column of the page's layout
_MOST_FIELDS = 200_000


def data_tables(walk: Walk, wanted: list[bool]) -> dict[int, tuple[range, Rows]]:
    """Return the tables of data: by index of their first piece, the range of their pieces and their rows.

    Args:
        walk: The page.
        wanted: For each piece whether it is main text; other tables are not looked at.
    """
    tables = _table_of(walk.containers)
    spans = _piece_spans(walk)
    found: dict[int, tuple[range, Rows]] = {}
    end = 0
    for table in _shallow(walk.containers, tables):
        first, last = spans[table]
        if first < end or first > last or not all(wanted[first : last + 1]):
            continue
        rows = _rows(walk, table, tables, range(first, last + 1))
        if _is_data(rows):
            end = last + 1
            found[first] = (range(first, end), rows)
    return found


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


def _piece_spans(walk: Walk) -> list[tuple[int, int]]:
    """Return for each container its first and last piece, those of its descendants included."""
    first, last = [len(walk.pieces)] * len(walk.containers), [-1] * len(walk.containers)
    for index, piece in enumerate(walk.pieces):
        first[piece.container] = min(first[piece.container], index)
        last[piece.container] = max(last[piece.container], index)
    for index in range(len(walk.containers) - 1, 0, -1):
        parent = walk.containers[index].parent
        if parent >= 0:
            first[parent] = min(first[parent], first[index])
            last[parent] = max(last[parent], last[index])
    return list(zip(first, last, strict=True))


def _table_of(containers: list[Container]) -> list[int]:
    """Return for each container the innermost table it is in, -1 for none."""
    tables: list[int] = []
    for index, container in enumerate(containers):
        inherited = tables[container.parent] if container.parent >= 0 else -1
        tables.append(index if container.tag == "table" else inherited)
    return tables


def _rows(walk: Walk, table: int, tables: list[int], pieces: range) -> Rows:
    """Return the cells of a table on a full grid: a merged cell's text in its first field, '' in the others."""
    cells = _cell_texts(walk, table, tables, pieces)
    grid: dict[tuple[int, int], str] = {}
    row = -1
    width = column = 0
    for index in range(table + 1, len(walk.containers)):
        container = walk.containers[index]
        if tables[index] < table:
            break
        if tables[index] != table:
            continue
        if container.tag == "tr":
            row, column = row + 1, 0
        elif container.tag in {"td", "th"} and row >= 0:
            column = _place(grid, row, column, container, cells[index])
            width = max(width, column)
        if len(grid) > _MOST_FIELDS:
            break
    return tuple(tuple(grid.get((y, x), "") for x in range(width)) for y in range(row + 1))


def _place(grid: dict[tuple[int, int], str], row: int, column: int, cell: Container, text: str) -> int:
    """Put a cell at the first free field from ``column`` on and return the column after it."""
    while (row, column) in grid:
        column += 1
    wide, high = cell.spans
    for y in range(high):
        for x in range(wide):
            grid.setdefault((row + y, column + x), "" if x or y else text)
    return column + wide


def _cell_texts(walk: Walk, table: int, tables: list[int], pieces: range) -> dict[int, str]:
    """Return the text of each cell of the table itself, lines of a cell joined by a space where they need one."""
    owner: dict[int, int] = {}
    texts: dict[int, str] = defaultdict(str)
    for index in range(table + 1, len(walk.containers)):
        if tables[index] < table:
            break
        container = walk.containers[index]
        is_cell = container.tag in {"td", "th"} and tables[index] == table
        owner[index] = index if is_cell else owner.get(container.parent, -1)
    for piece in (walk.pieces[index] for index in pieces):
        cell = owner.get(piece.container, -1)
        if cell >= 0:
            texts[cell] += (" " if texts[cell] else "") + piece.text
    return texts


def _is_data(rows: Rows) -> bool:
    filled = [[cell for cell in row if cell] for row in rows]
    wide = sum(len(row) >= 2 for row in filled)
    longest = max((len(cell) for row in filled for cell in row), default=0)
    total = sum(len(cell) for row in filled for cell in row)
    return len(rows) >= 2 and wide >= 2 and longest <= min(_LONGEST_CELL, max(200, 0.6 * total))
