"""``/office/assessment``: the scores of a month, each figure leading to its documents."""

from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from schemas.office.assessment import COUNTED_NAMES, Assessment, Counted, UnitScore
from schemas.office.findings import basis_text
from search.api.routes.office.assessment import Kind, MonthName, month_of
from search.http.auth import services_of
from search.office.assessment.assess import Month, assess_month
from search.office.assessment.documents import RULE_OF, assessment_findings, counted_documents
from search.office.assessment.notice import method_lines
from search.office.assessment.rules import BASES
from search.office.assessment.table import month_words, notice_title, points_text
from search.pages.office.view import finding_view, rule_view
from search.pages.render import page

router = APIRouter(prefix="/assessment", default_response_class=HTMLResponse)

SHOWN = 200


@router.get("")
def assessment_page(request: Request, month_name: MonthName = "") -> HTMLResponse:
    """Show the scores of a month, how they come about, and what is not as it should be."""
    month = month_of(services_of(request), month_name)
    found = assess_month(month)
    findings = list(islice(assessment_findings(month), SHOWN + 1))
    return page(
        "office/assessment.html",
        title=notice_title(found),
        month=month.month,
        names=list(COUNTED_NAMES.values()),
        rows=[_row(month, one) for one in found.scores[:SHOWN]],
        row_count=len(found.scores),
        totals=_totals(month, found),
        unlisted=found.unlisted,
        method=method_lines(found),
        bases=[(basis_text(one), one.source) for one in BASES],
        findings=[finding_view(one) for one in findings[:SHOWN]],
        more=len(findings) > SHOWN,
        here="office",
    )


@router.get("/documents")
def counted_page(request: Request, counted: Kind, month_name: MonthName = "", unit: str = "") -> HTMLResponse:
    """Show the documents behind one figure."""
    month, unit = month_of(services_of(request), month_name), unit.strip()[:200]
    found = list(islice(counted_documents(month, counted, unit), SHOWN + 1))
    rule = RULE_OF.get(counted)
    given = {"count": str(counted), "month": month.month, **({"unit": unit} if unit else {})}
    return page(
        "office/assessment_documents.html",
        name=COUNTED_NAMES[counted],
        unit=unit,
        month=month.month,
        words=month_words(month.month),
        rows=found[:SHOWN],
        more=len(found) > SHOWN,
        rule=rule_view(rule) if rule else None,
        given=urlencode(given),
        here="office",
    )


def _row(month: Month, one: UnitScore) -> dict[str, object]:
    figures = [(one.counts.get(counted, 0), _address(month, counted, one.unit)) for counted in Counted]
    total = "" if one.rank is None else points_text(one.total)
    return {"unit": one.unit, "rank": one.rank or "", "figures": figures, "total": total}


def _totals(month: Month, found: Assessment) -> list[tuple[int, str]]:
    return [
        (sum(one.counts.get(counted, 0) for one in found.scores), _address(month, counted, "")) for counted in Counted
    ]


def _address(month: Month, counted: Counted, unit: str) -> str:
    given = {"count": str(counted), "month": month.month, **({"unit": unit} if unit else {})}
    return f"/office/assessment/documents?{urlencode(given)}"
