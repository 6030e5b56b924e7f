"""A table the office looks at, downloads or prints: the same rows on the page, in CSV, XLSX and at the terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.office.findings import SEVERITIES, Finding, basis_text

Cell = str | int | float | None

FINDING_HEAD = ("规则", "名称", "程度", "说明", "文件", "位置", "原文", "依据", "出处")


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: Title, and name of the file it is downloaded as.
        head: Names of the columns.
        rows: As many cells each as ``head``; may be a stream that is read once.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def finding_table(name: str, findings: Iterable[Finding]) -> Table:
    """Return findings as a table, a row for each with its first quote."""
    return Table(name, FINDING_HEAD, (finding_row(finding) for finding in findings))


def finding_row(finding: Finding) -> tuple[Cell, ...]:
    """Return the cells of one finding, as ``FINDING_HEAD`` names them."""
    rule, quote = finding.rule, finding.evidence[0]
    places = "；".join(dict.fromkeys(each.place for each in finding.evidence))
    bases = "；".join(map(basis_text, rule.bases))
    sources = " ".join(dict.fromkeys(basis.source for basis in rule.bases if basis.source))
    severity = SEVERITIES[rule.severity]
    return rule.code, rule.title, severity, finding.message, quote.document, places, quote.text, bases, sources
