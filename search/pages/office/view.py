"""Findings and rules for display."""

from dataclasses import dataclass

from schemas.office.findings import SEVERITIES, Finding, Rule, basis_text


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule for display: ``bases`` are (text, URL), the URL empty if there is none."""

    code: str
    title: str
    severity: str
    label: str
    bases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding for display; ``quotes`` are (document, place, text, URL of the document or "")."""

    rule: RuleView
    message: str
    quotes: tuple[tuple[str, str, str, str], ...]


def rule_view(rule: Rule) -> RuleView:
    """Return a rule for display."""
    bases = tuple((basis_text(basis), basis.source) for basis in rule.bases)
    return RuleView(rule.code, rule.title, str(rule.severity), SEVERITIES[rule.severity], bases)


def finding_view(finding: Finding) -> FindingView:
    """Return a finding for display, each quote with the URL of its document."""
    quotes = tuple(
        (each.document, each.place, each.text, f"/d/{each.document_id}" if each.document_id else "")
        for each in finding.evidence
    )
    return FindingView(rule_view(finding.rule), finding.message, quotes)
