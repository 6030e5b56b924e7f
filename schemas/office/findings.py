"""What the disclosure office is told: a finding, the words of a document it rests on, and the paragraph behind it.

Not ``schemas.articles.Finding``, which is personal data or a secrecy mark that may hold a document.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # against a rule: to be mended
    WARNING = "warning"  # most likely against a rule: to be looked at
    NOTICE = "notice"  # something to know


SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.NOTICE: "提示"}


@dataclass(frozen=True, slots=True)
class Basis:
    """A paragraph of a law, rule or form.

    Attributes:
        title: Of the document it stands in, without 《》.
        number: Its 文号.
        paragraph: Which paragraph or part, e.g. ``第二十六条``; empty where the whole document is meant.
        source: Address at which its words were read; empty for what is the office's own or this program's proposal.
    """

    title: str
    number: str
    paragraph: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is checked.

    Attributes:
        code: ``room.name``, e.g. ``annual.balance``; stable, for programs.
        title: In a few Chinese words.
        severity: Of its findings.
        bases: The paragraphs it rests on; empty for a proposal of this program, which its title then says.
    """

    code: str
    title: str
    severity: Severity
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document that a finding rests on.

    Attributes:
        document: Key of the object, or name of the file.
        place: Section or cell: ``表三（七）总计 × 自然人``.
        text: As it stands there; empty where something is missing.
        document_id: In the index; empty for a file that is not there.
    """

    document: str
    place: str
    text: str
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as a rule wants it.

    Attributes:
        rule: The rule.
        message: What is wrong, with both values, and what to do.
        evidence: Where it shows, most telling first; at least one.
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
    """Return a basis as it is cited: ``《…》（国令第711号）第二十六条``."""
    number = f"（{basis.number}）" if basis.number else ""
    return f"《{basis.title}》{number}{basis.paragraph}"
