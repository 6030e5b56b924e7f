"""``/office/deadlines``: documents published late, and the deadlines of a sent register of applications."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import HTMLResponse

from schemas.access import Scope
from schemas.office.deadlines import STATE_NAMES, Deadline, DeadlineState
from search.api.routes.office.deadlines import (
    document_deadlines,
    register_deadlines,
    sent_records,
    state_counts,
    year_filter,
)
from search.http.auth import caller_of, services_of
from search.office.records.tables import say_errors
from search.pages.office.view import rule_view
from search.pages.render import page

router = APIRouter(prefix="/deadlines", default_response_class=HTMLResponse)

LISTED = (DeadlineState.LATE, DeadlineState.DUE, DeadlineState.WAITING, DeadlineState.UNKNOWN)
# Maximum of deadlines shown for each state; the file has all.
EACH = 100


@router.get("")
def deadlines_page(request: Request, year: str = "", issuer: str = "") -> HTMLResponse:
    """Show the documents of a year that were published late, are due this week, or whose state is unknown."""
    wanted = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    services, where = services_of(request), year_filter(wanted, issuer[:200])
    counts = state_counts(services, where)
    kept = {state: list(islice(document_deadlines(services, where, (state,)), EACH)) for state in LISTED}
    given = {name: value for name, value in (("year", wanted), ("issuer", issuer.strip())) if value}
    export = f"/v1/office/deadlines/publication?{urlencode(given)}{'&' if given else ''}format="
    values: dict[str, Any] = {"year": wanted, "issuer": issuer, "export": export, "name": "", "errors": []}
    return page("office/deadlines.html", **_views(counts, kept), **values, here="office")


@router.post("")
def register_page(request: Request, file: UploadFile) -> HTMLResponse:
    """Show the deadlines of a sent register; the file is not stored."""
    services, caller = services_of(request), caller_of(request)
    if not caller.may(Scope.WRITE):
        return page("sign_in.html", 401, known=caller.key is not None, next="/office/deadlines", here="office")
    records, name = sent_records(services, file)
    found = register_deadlines(services, records, name)
    values: dict[str, Any] = {
        "year": None,
        "issuer": "",
        "export": "",
        "name": name,
        "errors": say_errors(records.errors),
    }
    return page("office/deadlines.html", **_groups(found), **values, here="office")


def _groups(found: Iterable[Deadline]) -> dict[str, Any]:
    """Return deadlines by state: the count of all, and those to show."""
    counts: Counter[DeadlineState] = Counter()
    kept: dict[DeadlineState, list[Deadline]] = {state: [] for state in LISTED}
    for one in found:
        counts[one.state] += 1
        if one.state in kept and len(kept[one.state]) < EACH:
            kept[one.state].append(one)
    return _views(counts, kept)


def _views(counts: Mapping[DeadlineState, int], kept: Mapping[DeadlineState, Sequence[Deadline]]) -> dict[str, Any]:
    groups = [(STATE_NAMES[state], counts[state], [_view(one) for one in kept[state]]) for state in LISTED]
    return {"groups": groups, "counts": [(STATE_NAMES[state], counts[state]) for state in DeadlineState]}


def _view(one: Deadline) -> dict[str, Any]:
    address = f"/d/{one.document_id}" if one.document_id else ""
    return {"deadline": one, "rule": rule_view(one.rule), "address": address}
