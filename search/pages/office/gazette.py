"""``/office/gazette``: the documents of a period as a gazette to download, metadata, and addresses for harvesters."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from schemas.office.output.gazette import Item
from search.api.routes.office.output.gazette import issue_of
from search.http.auth import services_of
from search.http.urls import site_of
from search.office.output.gazette.issue import Issue
from search.pages.render import page

router = APIRouter(prefix="/gazette", default_response_class=HTMLResponse)

_MONTH_DAYS = 31


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, as it is shown in the form."""

    since: str
    until: str
    issuer: str


@router.get("")
def gazette_page(request: Request, issuer: str = "", to: str = "") -> HTMLResponse:
    """Show the documents of a period, by default of the last 31 days, and what can be downloaded."""
    today = datetime.date.today()
    since = request.query_params.get("from", "")
    asked = _Asked(
        since or (today - datetime.timedelta(days=_MONTH_DAYS)).isoformat(),
        to or today.isoformat(),
        issuer.strip()[:200],
    )
    issue, fault = _issue(request, asked)
    given = urlencode({"from": asked.since, "to": asked.until, **({"issuer": asked.issuer} if asked.issuer else {})})
    return page(
        "office/gazette.html",
        asked=asked,
        fault=fault,
        given=given,
        metadata=urlencode({"issuer": asked.issuer}) if asked.issuer else "",
        rows=list(map(_row, issue.items)) if issue else [],
        site=site_of(request),
        here="office",
    )


def _issue(request: Request, asked: _Asked) -> tuple[Issue | None, str]:
    try:
        since, until = (datetime.date.fromisoformat(one) for one in (asked.since, asked.until))
        return issue_of(services_of(request), since, until, asked.issuer), ""
    except ValueError:
        return None, "日期请写成 2025-01-31"
    except HTTPException as error:
        return None, str(error.detail)


def _row(item: Item) -> tuple[str, str, Item]:
    """Return the URL and title of a document, and the document."""
    anchor = f"?at=s{item.article.ordinal}-0#s{item.article.ordinal}-0" if item.article.ordinal else ""
    return f"/d/{item.record.id}{anchor}", item.article.title or item.record.key, item
