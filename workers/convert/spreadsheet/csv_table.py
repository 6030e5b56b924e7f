"""Tables as plain text (csv, tsv) in any Chinese encoding and with any of the usual separators."""

import csv
import re
from collections import Counter

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.source import Source
from workers.convert.spreadsheet.sheet_blocks import MAX_CELLS, Row, sheet_blocks
from workers.convert.text.encoding import decode

_SEPARATORS = ",\t;|，"
_SAMPLE_LINES = 50
_AS_TEXT = re.compile(r'="(?:[^"]|"")*"')
_MAX_FIELD_LENGTH = 16 * 1024 * 1024


def read(source: Source) -> Converted:
    """Read a table.

    Raises:
        DocumentError: There is nothing but white space in it.
    """
    decoded = decode(source.path.read_bytes())
    rows, whole = _rows(decoded.text)
    if not rows:
        raise DocumentError(Category.EMPTY, Sentence.of("table-blank"))
    problems = list(decoded.problems)
    if not whole:
        said = Sentence.of("table-cut", row=len(rows))
        problems.append(Problem.of("convert", said, Category.TOO_LARGE, lossy=True))
    return Converted(
        format="csv", blocks=tuple(sheet_blocks(None, rows)), encoding=decoded.encoding, problems=tuple(problems)
    )


def _rows(text: str) -> tuple[list[Row], bool]:
    """Return the rows up to a number of cells, and whether these are all."""
    csv.field_size_limit(_MAX_FIELD_LENGTH)
    rows: list[Row] = []
    cells = 0
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=_separator(text)):
            cells += len(row)
            if cells > MAX_CELLS:
                return rows, False
            if any(kept := tuple(_shown(cell.strip()) for cell in row)):
                rows.append(kept)
    except csv.Error:
        # A quotation mark that is never closed makes one field of the rest; its lines are worth more as they stand.
        rows = [(line.strip(),) for line in text.splitlines() if line.strip()]
    return rows, True


def _shown(cell: str) -> str:
    """Return what a spreadsheet shows of a cell: 「="0012"」 keeps the noughts of a number that is a text."""
    return cell[2:-1].replace('""', '"') if _AS_TEXT.fullmatch(cell) else cell


def _separator(text: str) -> str:
    """Return the separator that stands equally often in most lines."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    best, share = ",", 0.0
    for separator in _SEPARATORS:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        agreeing = max(counts.values(), default=0) / max(len(lines), 1)
        if agreeing > share:
            best, share = separator, agreeing
    return best
