"""Saved searches over HTTP: created, changed and deleted by the key that owns them, read as a feed."""

import secrets
import time
from base64 import b64encode
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlsplit
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from schemas.access import Scope
from schemas.queries import Query
from schemas.searches import Match, SavedSearch
from search.api import atom
from search.api.parameters import SearchParameters
from search.api.routes.search import feed_response
from search.http.auth import READING, Caller, Writer, may_be_told, services_of
from search.http.current_matches import keep_current
from search.http.errors import responses
from search.http.ports import SavedSearches
from search.http.urls import section_page, site_of

router = APIRouter(prefix="/v1/saved-searches", tags=["saved searches"])

MAX_SEARCHES = 200
FORMER_SECRET_SECONDS = 30 * 86_400
Identifier = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


class SavedSearchRequest(BaseModel):
    """A saved search to create or change: matches are posted to its webhook; without one, they are only in its feed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=200, examples=["依申请公开 新文件"])
    query: SearchParameters
    webhook: str | None = Field(
        None, max_length=2000, description="http(s) address", examples=["https://example.org/in"]
    )

    @field_validator("webhook")
    @classmethod
    def _webhook(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        plain = value.isascii() and value.isprintable() and " " not in value
        if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
            raise ValueError("takes http(s)://host/path, percent-encoded")
        if parts.port == 0:
            raise ValueError("names port 0")
        if parts.username or parts.password:
            raise ValueError("holds a user name or password; messages are signed instead")
        return value

    @field_validator("query")
    @classmethod
    def _query(cls, value: SearchParameters) -> SearchParameters:
        if value.query() == Query("", sort=value.query().sort, fold=value.fold):
            raise ValueError("matches everything; give words or a filter")
        return value


@dataclass(frozen=True, slots=True)
class SavedSearchAnswer:
    """A saved search; ``secret`` signs webhook messages and is shown only once, when it is created."""

    id: str
    name: str
    query: Query
    webhook: str | None
    created_at: float
    secret: str | None = None


@router.post("", status_code=201, summary="Save a search", responses=responses(413))
def create(request: Request, caller: Writer, asked: SavedSearchRequest) -> SavedSearchAnswer:
    """Create a saved search, which runs on all newly indexed documents.

    Messages follow Standard Webhooks: a JSON body, `webhook-id` (the same for a repetition), `webhook-timestamp` and
    `webhook-signature` over the three, by HMAC-SHA256 with `secret`. Respond with 2xx; 410 ends the search's webhook;
    any other response is retried for a day. A webhook
    that nothing would be posted to, as it has a private address, is refused at once.
    """
    made = save_search(request, caller, asked)
    return _answer(made, secret=made.secret)


@router.get("", summary="List saved searches", responses=responses())
def listed(request: Request, caller: Writer) -> list[SavedSearchAnswer]:
    """Return the saved searches of this key, or of all keys if it may operate."""
    return [_answer(one) for one in list_searches(request, caller)]


@router.get("/{identifier}", summary="One saved search", responses=responses(404))
def one(request: Request, caller: Writer, identifier: Identifier) -> SavedSearchAnswer:
    """Return one saved search of this key."""
    return _answer(own_search(request, caller, identifier))


@router.put("/{identifier}", summary="Change a saved search", responses=responses(404, 413))
def change(request: Request, caller: Writer, identifier: Identifier, asked: SavedSearchRequest) -> SavedSearchAnswer:
    """Replace name, query and webhook; the secret stays."""
    kept = own_search(request, caller, identifier)
    _require_reading(caller)
    _require_delivery(request, asked)
    changed = replace(kept, name=asked.name, query=asked.query.query(), webhook=asked.webhook)
    searches_of(request).keep(changed)
    return _answer(changed)


@router.post("/{identifier}/secret", summary="Renew the secret of a saved search", responses=responses(404))
def renew_secret(request: Request, caller: Writer, identifier: Identifier) -> SavedSearchAnswer:
    """Create a new `secret` and show it once; the former one also signs for 30 days, then it is invalid.

    Until then `webhook-signature` holds both signatures, so that receivers can switch at any time. If the secret is
    renewed again within that time, the older former one ends at once.
    """
    renewed = renew_search_secret(request, caller, identifier)
    return _answer(renewed, secret=renewed.secret)


@router.delete("/{identifier}", status_code=204, summary="Forget a saved search", responses=responses(404))
def forget(request: Request, caller: Writer, identifier: Identifier) -> None:
    """Delete it with all its matches; pending webhook messages are not sent any more."""
    searches_of(request).forget(own_search(request, caller, identifier).id)


@router.get(
    "/{identifier}/feed",
    summary="What a saved search found, as an Atom feed",
    dependencies=[Depends(READING)],
    response_class=Response,
    responses={
        200: {"description": "The feed.", "content": {atom.MEDIA_TYPE: {"schema": {"type": "string"}}}},
        304: {"description": "Nothing has changed since `If-None-Match`."},
        **responses(404),
    },
)
def found(request: Request, identifier: Identifier) -> Response:
    """Return the recent matches, newest first. Every caller who may read and knows the identifier may follow it."""
    searches, site = searches_of(request), site_of(request)
    kept = searches.find(identifier)
    if kept is None or not may_be_told(services_of(request).access, kept.owner):
        raise HTTPException(404, "no such saved search, or its key was revoked")
    recent = keep_current(services_of(request).index, searches.recent(identifier))
    entries = [_entry(match, site) for match in recent]
    address = f"{site}/v1/saved-searches/{identifier}/feed"
    body = atom.feed(f"公开检索：{kept.name}", entries, name=address, address=address, page=f"{site}/")
    return feed_response(request, body)


def _entry(match: Match, site: str) -> atom.AtomEntry:
    place = " › ".join(match.path)
    return atom.AtomEntry(
        name=match.mark,
        title=f"{match.title}：{place}" if place else match.title,
        link=section_page(site, match.document_id, article=match.article, ordinal=match.ordinal),
        updated=match.found_at,
        summary=match.text,
        author=match.issuer,
    )


def save_search(request: Request, caller: Caller, asked: SavedSearchRequest) -> SavedSearch:
    """Create a saved search of the caller's key and return it.

    Raises:
        HTTPException: The key does not read (403) or has too many, or nothing would be posted to the webhook (422).
    """
    searches = searches_of(request)
    _require_reading(caller)
    owned = [one for one in searches.all() if one.owner == _owner(caller)]
    if len(owned) >= MAX_SEARCHES:
        raise HTTPException(422, f"this key has {MAX_SEARCHES} saved searches already; forget some first")
    _require_delivery(request, asked)
    made = SavedSearch(
        id=uuid4().hex,
        name=asked.name,
        owner=_owner(caller),
        query=asked.query.query(),
        webhook=asked.webhook,
        secret=_make_secret(),
        created_at=time.time(),
    )
    searches.keep(made)
    return made


def list_searches(request: Request, caller: Caller) -> list[SavedSearch]:
    """Return the saved searches of the caller's key, or of all keys if it may operate."""
    everyone = caller.may(Scope.OPERATE)
    return [one for one in searches_of(request).all() if everyone or one.owner == _owner(caller)]


def renew_search_secret(request: Request, caller: Caller, identifier: str) -> SavedSearch:
    """Give a saved search a new secret and return it; the former one also signs for a while."""
    kept = own_search(request, caller, identifier)
    until = time.time() + FORMER_SECRET_SECONDS
    renewed = replace(kept, secret=_make_secret(), former_secret=kept.secret, former_until=until)
    searches_of(request).keep(renewed)
    return renewed


def _make_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()


def searches_of(request: Request) -> SavedSearches:
    """Return the store of saved searches; 403 where they are not offered."""
    searches = services_of(request).writing.searches
    if searches is None:
        raise HTTPException(403, "saved searches are not offered here")
    return searches


def _require_reading(caller: Caller) -> None:
    if not caller.may(Scope.READ):
        raise HTTPException(403, "a saved search tells what it finds, and this key does not open read")


def _require_delivery(request: Request, asked: SavedSearchRequest) -> None:
    refusal = services_of(request).writing.webhook_refusal(asked.webhook) if asked.webhook else None
    if refusal:
        raise HTTPException(422, f"nothing would ever be posted to webhook {asked.webhook}: it {refusal}")


def _owner(caller: Caller) -> str:
    return caller.key.id if caller.key else ""


def own_search(request: Request, caller: Caller, identifier: str) -> SavedSearch:
    """Return a saved search that the caller may change; 404 if there is none."""
    kept = searches_of(request).find(identifier)
    if kept is None or (kept.owner != _owner(caller) and not caller.may(Scope.OPERATE)):
        raise HTTPException(404, "no such saved search was made with this key")
    return kept


def _answer(kept: SavedSearch, *, secret: str | None = None) -> SavedSearchAnswer:
    return SavedSearchAnswer(kept.id, kept.name, kept.query, kept.webhook, kept.created_at, secret)
