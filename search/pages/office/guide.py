"""``/office/guide``: what guides and catalogues lack, and shown documents of the negative list."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from search.api.routes.office.catalogues.guide import Months, guide_findings
from search.http.auth import services_of
from search.office.catalogue.guide.check import MONTHS
from search.office.catalogue.guide.items import ITEMS
from search.office.publication.listed import review_shown
from search.office.publication.negative import load_negative
from search.pages.office.view import finding_view
from search.pages.render import page

router = APIRouter(prefix="/guide", default_response_class=HTMLResponse)

SHOWN = 200


@router.get("")
def guide_page(request: Request, issuer: str = "", months: Months = MONTHS) -> HTMLResponse:
    """Show what is missing from guides and catalogues, and what may have to be kept back."""
    services, issuer = services_of(request), issuer.strip()[:200]
    lacking = guide_findings(services, issuer, months)
    listed = list(review_shown(services.index, issuer=issuer))
    return page(
        "office/guide.html",
        items=ITEMS,
        entries=load_negative()[0],
        lacking=[finding_view(one) for one in lacking[:SHOWN]],
        lacking_count=len(lacking),
        listed=[finding_view(one) for one in listed[:SHOWN]],
        listed_count=len(listed),
        issuer=issuer,
        months=months,
        here="office",
    )
