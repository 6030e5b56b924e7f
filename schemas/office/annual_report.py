"""One annual report of disclosure work, read from a file of any format into the cells of its form."""

import re
from dataclasses import dataclass

from schemas.office.report_form import APPLICANTS, DISPUTE_GROUPS, OUTCOMES, ROW_LABELS, Form

_NUMBER = re.compile(r"([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(\.[0-9]{1,8})?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its verbatim text, and a description of its place."""

    text: str
    place: str

    @property
    def value(self) -> int | float | None:
        """The number in the cell; None if it has other text."""
        return to_number(self.text)


@dataclass(frozen=True, slots=True)
class RequestCells:
    """A row of table three.

    Attributes:
        code: As in ``schemas.office.report_form``.
        cells: Seven, by applicant; fewer or more if the row differs from the form; none if it cannot be read.
        evidence: The row, verbatim.
        readings: Number of ways to separate its digits, if a page has run them together; else 1.
    """

    code: str
    cells: tuple[Cell, ...]
    evidence: str
    readings: int = 1


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A row of table two: its label, its column names and cells; no cells if the digits cannot be separated."""

    subject: str
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of a report.

    Attributes:
        ordinal: Chapter of the form by its heading, 1 to 6; 0 if it is none of them.
        number: The numeral before the heading, as written.
        heading: The heading without the numeral.
        text: Its prose, newline separated, without its tables.
    """

    ordinal: int
    number: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """An annual report.

    Attributes:
        document: Key of the object, or name of the file.
        document_id: Identifier in the index; empty for a file that is not indexed.
        title: The title, verbatim.
        unit: The reporting unit, from the title, else the signatory.
        year: Year of the report, from the title, else from the stated period.
        published_on: ISO date, or a prefix of one, if known.
        form: The form of its tables; None if it has none of them.
        preamble: Text before the first chapter.
        chapters: Chapters in text order.
        issued: Table two.
        requests: Table three, in text order.
        disputes: Table four, three groups of five; fewer or more if the row differs; none if the table is missing.
        tables: The tables present: some of 2, 3, 4.
        foreign: Parts of another form, verbatim (政府集中采购).
    """

    document: str
    document_id: str
    title: str
    unit: str
    year: int | None
    published_on: str | None
    form: Form | None
    preamble: str
    chapters: tuple[Chapter, ...]
    issued: tuple[IssuedRow, ...]
    requests: tuple[RequestCells, ...]
    disputes: tuple[Cell, ...]
    tables: tuple[int, ...]
    foreign: tuple[str, ...] = ()

    def row(self, code: str) -> tuple[Cell, ...]:
        """Return the cells of a row of table three; none if it is missing or does not have seven cells."""
        found = next((row.cells for row in self.requests if row.code == code), ())
        return found if len(found) == len(APPLICANTS) else ()

    def value(self, code: str, applicant: str = "总计") -> int | float | None:
        """Return a number of table three, or None."""
        cells = self.row(code)
        return cells[APPLICANTS.index(applicant)].value if cells else None

    def chapter(self, ordinal: int) -> Chapter | None:
        """Return a chapter by its number in the form."""
        return next((chapter for chapter in self.chapters if chapter.ordinal == ordinal), None)

    def issued_value(self, subject: str, column: str) -> int | float | None:
        """Return a number of table two, or None."""
        cell = self.issued_cell(subject, column)
        return cell.value if cell else None

    def issued_cell(self, subject: str, column: str) -> Cell | None:
        """Return a cell of table two."""
        for row in self.issued:
            if row.subject == subject and row.cells and column in row.columns:
                return row.cells[row.columns.index(column)]
        return None


def to_number(text: str) -> int | float | None:
    """Parse a number with or without thousands separators; return None for any other text."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    whole = found[1].replace(",", "")
    return float(whole + found[2]) if found[2] else int(whole)


def request_place(code: str, applicant: str) -> str:
    """Describe the place of a cell of table three."""
    return f"表三「{ROW_LABELS[code]}」×{applicant}"


def dispute_place(number: int) -> str:
    """Describe the place of the cell ``number`` (0 to 14) of table four."""
    group, outcome = divmod(number, len(OUTCOMES))
    return f"表四「{DISPUTE_GROUPS[group]}」×{OUTCOMES[outcome]}" if group < len(DISPUTE_GROUPS) else "表四第三组之后"


def issued_place(subject: str, column: str) -> str:
    """Describe the place of a cell of table two."""
    return f"表二「{subject}」×{column}"
