"""Tables of nothing but labels and their values, wherever they stand: 成文日期 and 发布日期 side by side in four cells.

A table with anything else in it, such as a list of documents below a row of labels, says nothing of the document.
"""

from collections.abc import Iterator, Sequence

from workers.extract.grammar.lines import Line
from workers.extract.record.facts import Fact
from workers.extract.record.labelled import FIELDS, is_label_name, labelled_values, read_fact

_TELLING = 0.8  # of a label; 时间 and 日期 stand in tables of every kind
_MAX_ROWS = 30
Pair = tuple[str, str]


def read_label_tables(lines: Sequence[Line]) -> Iterator[Fact]:
    """Yield what tables of labels and values say."""
    for line in lines:
        for label, value in _pairs(line.rows) if line.table and len(line.rows) <= _MAX_ROWS else ():
            if FIELDS.get(label, ("", 0.0))[1] >= _TELLING and (fact := read_fact(label, value, "meta_table")):
                yield fact


def _pairs(rows: Sequence[Sequence[str]]) -> list[Pair]:
    """Return labels with their values; none of a table that has other cells."""
    found: list[Pair] = []
    for row in rows:
        cells = [cell.strip() for cell in row if cell.strip()]
        if (pairs := _row_pairs(cells)) is None:
            return []
        found += pairs
    return found


def _row_pairs(cells: Sequence[str]) -> list[Pair] | None:
    """Return the pairs of a row, in one cell each or in two; None if one of its cells is neither label nor value."""
    found: list[Pair] = []
    label = ""
    for cell in cells:
        inline = labelled_values(cell)
        if is_label_name(cell):
            label = "".join(cell.split()).strip("：:【】[]")
        elif inline and all(value for _, value in inline):
            found += inline
            label = ""
        elif label:
            found.append((label, cell))
            label = ""
        else:
            return None
    return found
