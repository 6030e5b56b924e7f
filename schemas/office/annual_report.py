"""One annual report of disclosure work, read from whatever file into the cells of its form."""

import re
from dataclasses import dataclass

from schemas.office.report_form import APPLICANTS, DISPUTE_GROUPS, OUTCOMES, ROW_LABELS, Form

_NUMBER = re.compile(r"([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(\.[0-9]{1,8})?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text as it stands, and where, in words."""

    text: str
    place: str

    @property
    def value(self) -> int | float | None:
        """The number, where nothing but one stands there."""
        return to_number(self.text)


@dataclass(frozen=True, slots=True)
class RequestCells:
    """A row of table three.

    Attributes:
        code: As in ``schemas.office.report_form``.
        cells: Seven, by applicant; fewer or more where the row has so many; none where it cannot be read.
        evidence: The row as it stands.
        readings: How many ways its digits can be cut, where a page has run them together; else 1.
    """

    code: str
    cells: tuple[Cell, ...]
    evidence: str
    readings: int = 1


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A row of table two: its label, the names of its columns, their cells; none where the digits cannot be cut."""

    subject: str
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter as it stands.

    Attributes:
        ordinal: 1 to 6, which chapter of the form it is by its heading; 0 where it is none of them.
        number: The numeral before the heading, as written.
        heading: Without the numeral.
        text: Its prose, newline separated; its tables stand elsewhere.
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
        document_id: In the index; empty for a file that is not there.
        title: As it stands.
        unit: Who reports, from the title, else who signed.
        year: The report's, from the title, else from the period it states.
        published_on: ISO date, or a part of one, where it is known.
        form: Which form its tables have; None where it has none of them.
        preamble: What stands before the first chapter.
        chapters: In order of place.
        issued: Table two.
        requests: Table three, in order of place.
        disputes: Table four, three groups of five; fewer or more where the row has so many; none where there is none.
        tables: Which of the three tables there are: some of 2, 3, 4.
        foreign: What else of another form was met, as it stands (政府集中采购).
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
        """Return the cells of a row of table three; none where it is missing or not of seven cells."""
        found = next((row.cells for row in self.requests if row.code == code), ())
        return found if len(found) == len(APPLICANTS) else ()

    def value(self, code: str, applicant: str = "总计") -> int | float | None:
        """Return a number of table three, None where there is none."""
        cells = self.row(code)
        return cells[APPLICANTS.index(applicant)].value if cells else None

    def chapter(self, ordinal: int) -> Chapter | None:
        """Return a chapter by its number in the form."""
        return next((chapter for chapter in self.chapters if chapter.ordinal == ordinal), None)

    def issued_value(self, subject: str, column: str) -> int | float | None:
        """Return a number of table two, None where there is none."""
        cell = self.issued_cell(subject, column)
        return cell.value if cell else None

    def issued_cell(self, subject: str, column: str) -> Cell | None:
        """Return a cell of table two."""
        for row in self.issued:
            if row.subject == subject and row.cells and column in row.columns:
                return row.cells[row.columns.index(column)]
        return None


def to_number(text: str) -> int | float | None:
    """Return the number ``text`` is, thousands separated or not; None where it is anything else."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    whole = found[1].replace(",", "")
    return float(whole + found[2]) if found[2] else int(whole)


def request_place(code: str, applicant: str) -> str:
    """Return where a cell of table three is, in words."""
    return f"表三「{ROW_LABELS[code]}」×{applicant}"


def dispute_place(number: int) -> str:
    """Return where the cell ``number`` (0 to 14) of table four is, in words."""
    group, outcome = divmod(number, len(OUTCOMES))
    return f"表四「{DISPUTE_GROUPS[group]}」×{OUTCOMES[outcome]}" if group < len(DISPUTE_GROUPS) else "表四第三组之后"


def issued_place(subject: str, column: str) -> str:
    """Return where a cell of table two is, in words."""
    return f"表二「{subject}」×{column}"
