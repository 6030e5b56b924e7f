"""``/office/searches``: saved searches of a key, each with its feed, its webhook and the last deliveries."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from schemas.glossary import label
from schemas.queries import Query
from schemas.searches import Attempt, DeliveryState, SavedSearch
from search.api.parameters import SearchParameters
from search.api.routes.saved_searches import (
    Identifier,
    SavedSearchRequest,
    list_searches,
    own_search,
    renew_search_secret,
    save_search,
    searches_of,
)
from search.http.auth import Writer
from search.http.urls import site_of
from search.http.validation_messages import validation_message
from search.pages.render import page
from search.pages.results import value_label

router = APIRouter(prefix="/searches", default_response_class=HTMLResponse)

HERE = "/office/searches"
FILTERS = ("issuer", "region", "kind", "role", "format", "source", "year", "year_from", "year_to", "prefix")
NAMES = {
    "q": "检索词",
    "region": "地区",
    "kind": "文种",
    "role": "内容类别",
    "year_from": "起始年份",
    "year_to": "截止年份",
}
DELIVERED = {
    DeliveryState.DELIVERED: "已送达",
    DeliveryState.PUT_OFF: "未送达，将重试",
    DeliveryState.GIVEN_UP: "未送达，已放弃",
}
MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SearchView:
    """A saved search for display: its conditions as (name, value), and the address that runs it now."""

    search: SavedSearch
    conditions: tuple[tuple[str, str], ...]
    address: str
    feed: str
    found: int
    attempts: tuple[tuple[Attempt, str], ...]


@router.get("")
def searches_page(request: Request, caller: Writer, done: str = "") -> HTMLResponse:
    """Show the saved searches of this key, or of all keys if it may operate."""
    said = {"made": "已保存。", "forgotten": "已删除。"}.get(done, "")
    return _list_page(request, list_searches(request, caller), said=said)


@router.get("/new")
def new_page(request: Request, caller: Writer) -> HTMLResponse:
    """Show the form that saves the search of the address."""
    return _form_page(_given(request.query_params.items()))


@router.post("")
async def make(request: Request, caller: Writer) -> Response:
    """Save a search; its secret is shown once, if it has a webhook."""
    form = {name: value for name, value in (await request.form()).multi_items() if isinstance(value, str)}
    given, name, webhook = _given(form.items()), form.get("name", "").strip(), form.get("webhook", "").strip()
    try:
        asked = SavedSearchRequest.model_validate({"name": name, "query": given, "webhook": webhook or None})
        made = save_search(request, caller, asked)
    except ValidationError as error:
        wrong = "；".join(_wrong(fault) for fault in error.errors())
        return _form_page(given, name=name, webhook=webhook, wrong=wrong, status=422)
    except HTTPException as error:
        if error.status_code != 422:
            raise
        wrong = "未能保存：推送地址不会收到消息，或保存的检索已满。"
        return _form_page(given, name=name, webhook=webhook, wrong=wrong, technical=str(error.detail), status=422)
    if not made.webhook:
        return RedirectResponse(f"{HERE}?done=made", 303)
    return _list_page(request, list_searches(request, caller), said="已保存。", secret=made.secret, owner=made.name)


@router.post("/{identifier}/forget")
def forget(request: Request, caller: Writer, identifier: Identifier) -> Response:
    """Delete a saved search."""
    searches_of(request).forget(own_search(request, caller, identifier).id)
    return RedirectResponse(f"{HERE}?done=forgotten", 303)


@router.post("/{identifier}/secret")
def renew(request: Request, caller: Writer, identifier: Identifier) -> Response:
    """Renew the secret of a saved search and show it once."""
    renewed = renew_search_secret(request, caller, identifier)
    said = "旧密钥还可验证三十天。"
    return _list_page(request, list_searches(request, caller), said=said, secret=renewed.secret, owner=renewed.name)


def _list_page(
    request: Request, searches: list[SavedSearch], *, said: str = "", secret: str = "", owner: str = ""
) -> HTMLResponse:
    store, site = searches_of(request), site_of(request)
    views = [
        SearchView(
            one,
            tuple(_conditions(one.query)),
            f"/?{urlencode(_parameters(one.query))}",
            f"{site}/v1/saved-searches/{one.id}/feed",
            len(store.recent(one.id)),
            tuple((attempt, DELIVERED[attempt.state]) for attempt in store.attempts(one.id)[:MAX_ATTEMPTS]),
        )
        for one in searches
    ]
    answer = page("office/searches.html", searches=views, said=said, secret=secret, owner=owner, here="office")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form_page(
    given: dict[str, str],
    *,
    name: str = "",
    webhook: str = "",
    wrong: str = "",
    technical: str = "",
    status: int = 200,
) -> HTMLResponse:
    try:
        query = SearchParameters.model_validate(given).query()
    except ValidationError as error:
        raise HTTPException(422, "；".join(_wrong(fault) for fault in error.errors())) from error
    conditions = tuple(_conditions(query))
    return page(
        "office/search_new.html",
        status,
        given=given,
        conditions=conditions,
        name=name or " ".join(value for _, value in conditions)[:60],
        webhook=webhook,
        wrong=wrong,
        technical=technical,
        here="office",
    )


def _wrong(fault: Any) -> str:
    places = {"webhook": "推送地址", "name": "名称", "query": "检索条件"}
    place = str(fault["loc"][0]) if fault["loc"] else ""
    return f"{places.get(place, place)}：{validation_message(fault, chinese=True)}"


def _given(items: Any) -> dict[str, str]:
    """Return those parameters that belong to the search, without empty ones."""
    return {name: value for name, value in items if name in SearchParameters.model_fields and value}


def _parameters(query: Query) -> dict[str, str]:
    values = {name: value for name, value in asdict(query).items() if name in FILTERS and value is not None}
    return {"q": query.text, **{name: str(value) for name, value in values.items()}}


def _conditions(query: Query) -> Iterator[tuple[str, str]]:
    for name, value in _parameters(query).items():
        if value:
            yield NAMES.get(name) or label(name), value_label(name, value)
