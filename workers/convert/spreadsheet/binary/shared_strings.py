"""The shared strings of an xls whose letters are raised, lowered or struck in part ([MS-XLS] 2.4.265 and 2.5.293).

The table of strings goes on in further records; where one ends within the characters of a string, the next begins with
the flag that says anew whether each is one byte or two.
"""

from dataclasses import dataclass

from workers.convert.spreadsheet.binary.rich_text import runs_as_seen
from workers.convert.word.doc.binary import Damaged
from workers.convert.word.text_style import TextStyle

_WIDE, _EXTENDED, _RICH = 0x1, 0x4, 0x8


def rich_strings(records: list[bytes], fonts: list[TextStyle]) -> dict[int, str]:
    """Return the strings of several looks as a reader sees them, by number; those before a damage.

    Args:
        records: Contents of the record of the table and of those that continue it.
        fonts: By the numbers that runs have.
    """
    found: dict[int, str] = {}
    if not records or not any(font.shift or font.struck for font in fonts):
        return found
    table = _Table(records)
    try:
        table.skip(4)
        for number in range(table.number(4)):
            text, runs = _string(table)
            if runs and (seen := runs_as_seen(text, runs, fonts)):
                found[number] = seen
    except Damaged:
        pass  # the library says whether the workbook can be read
    return found


def _string(table: "_Table") -> tuple[str, list[tuple[int, int]]]:
    length, flags = table.number(2), table.number(1)
    count = table.number(2) if flags & _RICH else 0
    extent = table.number(4) if flags & _EXTENDED else 0
    text = table.characters(length, wide=bool(flags & _WIDE))
    runs = [(table.number(2), table.number(2)) for _ in range(count)]
    table.skip(extent)
    return text, runs


@dataclass(slots=True)
class _Table:
    """The table of strings, read from its first byte on."""

    records: list[bytes]
    record: int = 0
    at: int = 0

    def skip(self, count: int) -> None:
        """Pass over the next bytes.

        Raises:
            Damaged: There are fewer.
        """
        while count > 0:
            passed = min(count, len(self._record()) - self.at)
            self.at += passed
            count -= passed

    def number(self, size: int) -> int:
        """Return the next number, of so many bytes.

        Raises:
            Damaged: There are fewer.
        """
        found = 0
        for place in range(size):
            found |= self._record()[self.at] << 8 * place
            self.at += 1
        return found

    def characters(self, count: int, *, wide: bool) -> str:
        """Return the next characters.

        Raises:
            Damaged: There are fewer.
        """
        text = ""
        while len(text) < count:
            begun, record = self.record, self._record()
            if self.record != begun:
                wide, self.at = bool(record[0] & _WIDE), 1
            size = 2 if wide else 1
            part = record[self.at : self.at + size * (count - len(text))]
            if len(part) < size:
                raise Damaged("half a character at the end of a record")
            text += part.decode("utf-16-le", "surrogatepass") if wide else part.decode("latin-1")
            self.at += len(part)
        return text

    def _record(self) -> bytes:
        """Return the record in which the next byte stands."""
        while self.record < len(self.records) and self.at >= len(self.records[self.record]):
            self.record, self.at = self.record + 1, 0
        if self.record >= len(self.records):
            raise Damaged("the table of strings ends too early")
        return self.records[self.record]
