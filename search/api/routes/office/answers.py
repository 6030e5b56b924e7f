"""The JSON responses of ``/v1/office``."""

from collections.abc import Sequence

from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from schemas.office.findings import Finding, Severity, basis_text
from search.api.table_download import TableFormat, download
from search.office.tables import finding_table


class RuleAnswer(BaseModel):
    """One rule."""

    model_config = ConfigDict(frozen=True)

    code: str
    title: str
    severity: Severity
    label: str
    bases: tuple[str, ...]
    sources: tuple[str, ...]


class QuoteAnswer(BaseModel):
    """A quote from a document as evidence of a finding."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str
    place: str
    text: str


class FindingAnswer(BaseModel):
    """One finding, with its evidence and legal basis."""

    model_config = ConfigDict(frozen=True)

    rule: str
    title: str
    severity: Severity
    message: str
    bases: tuple[str, ...]
    evidence: tuple[QuoteAnswer, ...]


def finding_answer(finding: Finding) -> FindingAnswer:
    """Return the JSON response for a finding."""
    rule = finding.rule
    quotes = tuple(
        QuoteAnswer(document=each.document, document_id=each.document_id, place=each.place, text=each.text)
        for each in finding.evidence
    )
    return FindingAnswer(
        rule=rule.code,
        title=rule.title,
        severity=rule.severity,
        message=finding.message,
        bases=tuple(map(basis_text, rule.bases)),
        evidence=quotes,
    )


def answer_findings(
    name: str, found: Sequence[Finding], file_format: TableFormat | None
) -> list[FindingAnswer] | StreamingResponse:
    """Return findings as JSON, or as the table ``name`` in a file if a format is asked for."""
    if file_format is not None:
        return download(finding_table(name, found), file_format)
    return [finding_answer(one) for one in found]
