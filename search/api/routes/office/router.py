"""The router of the disclosure office below ``/v1/office``."""

from fastapi import APIRouter, Depends

from schemas.office.findings import SEVERITIES, Rule, basis_text
from search.api.routes.office import (
    annual,
    assessment,
    catalogue,
    check,
    compare,
    deadlines,
    form,
    letters,
    validity,
)
from search.api.routes.office.answers import RuleAnswer
from search.api.routes.office.catalogues import columns, guide, standard
from search.api.routes.office.output import gazette, metadata
from search.http.auth import READING
from search.http.errors import responses
from search.office.rules import RULES

router = APIRouter(prefix="/v1/office", tags=["office"], dependencies=[Depends(READING)], responses=responses())


@router.get("/rules", summary="What is checked, and what it rests on")
def rules() -> list[RuleAnswer]:
    """Return every rule with its legal basis."""
    return [_answer(rule) for rule in RULES.values()]


def _answer(rule: Rule) -> RuleAnswer:
    return RuleAnswer(
        code=rule.code,
        title=rule.title,
        severity=rule.severity,
        label=SEVERITIES[rule.severity],
        bases=tuple(map(basis_text, rule.bases)),
        sources=tuple(basis.source for basis in rule.bases if basis.source),
    )


_COUNTED = (annual, form, deadlines, validity, check, catalogue, columns, guide, standard, assessment, letters)
for _part in (*_COUNTED, compare, gazette, metadata):
    router.include_router(_part.router)
