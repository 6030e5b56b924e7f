"""The ports of the disclosure office's pages; ``ops.adapters`` implements them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.office.annual_report import AnnualReport
from schemas.office.catalogues.columns import Column
from schemas.office.findings import Finding
from schemas.office.units import Unit
from schemas.office.validity import Repeal, Source
from schemas.records import DocumentRecord

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Office:
    """Readers and lists for the disclosure office's pages, beyond the index.

    Attributes:
        report: Loads a document as annual report; None if it is none or its artefact is no longer stored.
        read_report: Reads a sent file, given with its name, as annual report; raises ``DocumentError``.
        read_tables: Reads the tables of a sent file, row by row; raises ``DocumentError``.
        units: The listed units that must report.
        holidays: File of holidays for years the calendar does not know; empty for none.
        source: What a document states about the validity of others; None if its artefacts are no longer stored.
        check: Checks a sent file before publication; raises ``DocumentError``.
        repealed: Repealed articles by document identifier and ordinal, as far as known; never blocks.
        unmarked: 发文机关 of the repealed articles that do not say so, by document identifier and ordinal.
        assessment_rules: File of the office's rules of assessment; empty for the shipped ones.
        columns: The office's own columns; none if the settings name no file of them.
    """

    report: Callable[[DocumentRecord], AnnualReport | None] = lambda record: None
    read_report: Callable[[Path, str], AnnualReport | None] | None = None
    read_tables: Callable[[Path, str], list[Rows]] | None = None
    units: Callable[[], Sequence[Unit]] = tuple
    holidays: str = ""
    source: Callable[[DocumentRecord], Source | None] = lambda record: None
    check: Callable[[Path, str], Sequence[Finding]] | None = None
    repealed: Callable[[], Mapping[tuple[str, int], Repeal]] = dict
    unmarked: Callable[[], Mapping[tuple[str, int], str]] = dict
    assessment_rules: str = ""
    columns: Sequence[Column] = ()
