"""Findings of the disclosure office's checks, with their evidence and legal basis.

Not ``schemas.articles.Finding``, which is personal data or a secrecy mark that may hold a document.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """The severity of a finding."""

    ERROR = "error"  # violates a rule: must be corrected
    WARNING = "warning"  # probably violates a rule: must be reviewed
    NOTICE = "notice"  # for information


SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.NOTICE: "提示"}


@dataclass(frozen=True, slots=True)
class Basis:
    """A paragraph of a law, rule or form.

    Attributes:
        title: Title of the document, without 《》.
        number: Its 文号.
        paragraph: Paragraph or part, e.g. ``第二十六条``; empty for the whole document.
        source: URL of its text; empty for the office's own rules and this program's proposals.
    """

    title: str
    number: str
    paragraph: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the checks.

    Attributes:
        code: ``room.name``, e.g. ``annual.balance``; stable, for programs.
        title: Short Chinese title.
        severity: Severity of its findings.
        bases: Its legal basis; empty for a proposal of this program, whose title then says so.
    """

    code: str
    title: str
    severity: Severity
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote from a document as evidence of a finding.

    Attributes:
        document: Key of the object, or name of the file.
        place: Section or cell: ``表三（七）总计 × 自然人``.
        text: Verbatim text; empty if something is missing there.
        document_id: Identifier in the index; empty for a file that is not indexed.
    """

    document: str
    place: str
    text: str
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation of a rule.

    Attributes:
        rule: The rule.
        message: What is wrong, with both values, and what to do.
        evidence: Quotes that show it, most important first; at least one.
    """

    rule: Rule
    message: str
    evidence: tuple[Quote, ...]


def rule_table(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return rules by code.

    Raises:
        ValueError: Two have the same code.
    """
    table: dict[str, Rule] = {}
    for rule in rules:
        if rule.code in table:
            raise ValueError(f"two rules have the code {rule.code}")
        table[rule.code] = rule
    return table


def basis_text(basis: Basis) -> str:
    """Return the citation of a basis: ``《…》（国令第711号）第二十六条``."""
    number = f"（{basis.number}）" if basis.number else ""
    return f"《{basis.title}》{number}{basis.paragraph}"
