"""Tables of nothing but labels and their values, wherever they stand: 成文日期 and 发布日期 side by side in four cells.

A table with anything else in it, such as a list of documents below a row of labels, says nothing of the document. Nor
does one that describes another document, as a notice of repeal has it: its number, date or issuer is not the paper's.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from workers.extract.grammar.lines import Line
from workers.extract.record.facts import Fact
from workers.extract.record.labelled import FIELDS, is_label_name, labelled_values, read_fact

_TELLING = 0.8  # of a label; 时间 and 日期 stand in tables of every kind
_MAX_ROWS = 30
_MAX_ROWS_IN_TEXT = 2
_IN_TEXT = 0.44  # less than a signature without a date has
_OWN_ORIGINS = frozenset({"body", "signature", "publish_line"})
_OWN_NUMBER = 0.8  # a number inside the title may be that of another document
Pair = tuple[str, str]


def read_label_tables(lines: Sequence[Line], known: Collection[Fact]) -> Iterator[Fact]:
    """Yield what tables of labels and values say; those within the text count less than anything the paper says itself.

    Args:
        lines: The article below its title.
        known: What letterhead, number line, labels and signature say.
    """
    at_head = True
    for place, line in enumerate(lines, 1):
        if line.table:
            facts = _table_facts(line, _MAX_ROWS if at_head or place == len(lines) else _MAX_ROWS_IN_TEXT)
            fields = ("document_number",) if at_head else ("document_number", "signed_on", "issuer")
            if not any(_contradicts(fact, known) for fact in facts if fact.field in fields):
                yield from facts if at_head else (replace(fact, confidence=_IN_TEXT) for fact in facts)
        at_head = at_head and "。" not in line.text and not line.text.endswith((":", "："))


def _table_facts(line: Line, max_rows: int) -> list[Fact]:
    pairs = _pairs(line.rows) if len(line.rows) <= max_rows else []
    telling = (pair for pair in pairs if FIELDS.get(pair[0], ("", 0.0))[1] >= _TELLING)
    return [fact for label, value in telling if (fact := read_fact(label, value, "meta_table"))]


def _contradicts(fact: Fact, known: Iterable[Fact]) -> bool:
    """Return whether the paper itself says otherwise, and nowhere the same."""
    own = [
        other.value
        for other in known
        if other.field == fact.field
        and other.origin in _OWN_ORIGINS
        and (fact.field != "document_number" or other.confidence >= _OWN_NUMBER)
    ]
    return bool(own) and not any(_agree(fact.value, value) for value in own)


def _agree(one: str, other: str) -> bool:
    """Return whether one value is the other or a shorter form of it: 甲县政府, 甲县人民政府; 2024-05, 2024-05-06."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return all(character in rest for character in shorter)


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
