"""Guides and catalogues over HTTP: which of the thirteen items they lack; and shown documents of the negative list."""

import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from schemas.office.findings import Finding
from search.api.routes.office.answers import FindingAnswer, answer_findings
from search.api.routes.office.catalogue import Issuer
from search.api.table_download import OR_A_FILE, FileFormat
from search.http.auth import services_of
from search.http.ports import Services
from search.office.catalogue.guide.check import MONTHS, check_guides, find_guides
from search.office.publication.listed import review_shown

router = APIRouter()

Months = Annotated[int, Query(ge=1, le=120, description="a guide or catalogue that is older is stale")]


def guide_findings(services: Services, issuer: str, months: int) -> list[Finding]:
    """Return what guides and catalogues lack today."""
    found = find_guides(services.index, issuer=issuer.strip())
    return list(check_guides(found, today=datetime.date.today(), months=months))


@router.get(
    "/guide/findings",
    summary="What guides and catalogues lack",
    response_model=list[FindingAnswer],
    responses=OR_A_FILE,
)
def findings(
    request: Request, issuer: Issuer = "", months: Months = MONTHS, file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Name the items of 条例第十二条 that guides and catalogues lack, old ones, and where there is none."""
    return answer_findings("指南与目录核查", guide_findings(services_of(request), issuer, months), file_format)


@router.get(
    "/negative/findings",
    summary="Shown documents of the negative list",
    response_model=list[FindingAnswer],
    responses=OR_A_FILE,
)
def negative(
    request: Request, issuer: Issuer = "", file_format: FileFormat = None
) -> list[FindingAnswer] | StreamingResponse:
    """Name shown documents that 条例第十六条 lets be kept back, by their titles."""
    found = list(review_shown(services_of(request).index, issuer=issuer.strip()))
    return answer_findings("负面清单核查", found, file_format)
