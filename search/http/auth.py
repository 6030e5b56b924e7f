"""Authentication and authorisation of a request: its caller, its scope, and whether a document may be shown.

A key is sent as bearer token, as the password of HTTP Basic (feed readers and spreadsheets support nothing else), or in
the cookie that ``POST /v1/session`` sets for browsers.
"""

from base64 import b64decode
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.datastructures import FormData

from schemas.access import AccessKey, Scope
from schemas.outcomes import State
from schemas.records import DocumentRecord
from search.http.access_keys import KEY_START, verify_key
from search.http.ports import Access, Services

COOKIE = "gongkai_session"
_REALM = 'realm="gongkai"'

# A file that could not be read was not checked either, so only documents that passed all stages are shown.

SESSION = "/v1/session"
FORM = "application/x-www-form-urlencoded"
# The fields of the sign-in form itself.
OWN_FIELDS = frozenset({"key", "next", "then"})
MAX_FIELDS, MAX_CHARACTERS = 200, 50_000
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller of a request: the key sent, or None; ``open_reading`` lets anybody read."""

    key: AccessKey | None
    open_reading: bool = False

    @property
    def name(self) -> str:
        """Return the caller's name for the audit log: the identifier of the key, which is no secret."""
        return f"key {self.key.id}" if self.key else "anonymous"

    def may(self, scope: Scope) -> bool:
        """Return whether this caller's key, or open reading, grants ``scope``."""
        return (self.open_reading and scope is Scope.READ) or (self.key is not None and scope in self.key.scopes)


# The caller of the request at work, for what every page shows; each request has a context of its own (PEP 567).
_CURRENT: ContextVar[Caller | None] = ContextVar("caller", default=None)


def may_now(scope: Scope) -> bool:
    """Return whether the caller of the request at work may do ``scope``; False before a caller was recognised."""
    caller = _CURRENT.get()
    return caller is not None and caller.may(scope)


def services_of(request: Request) -> Services:
    """Return the services the application was created with."""
    services: Services = request.app.state.services
    return services


def caller_of(request: Request) -> Caller:
    """Return the caller of a request; this may query the key store.

    Raises:
        HTTPException: The key sent is not valid (401), or a page of another site tries to change something (403).
    """
    found = _recognise(request)
    _CURRENT.set(found)
    return found


def _recognise(request: Request) -> Caller:
    services = services_of(request)
    if request.method not in _SAFE_METHODS and not from_own_page(request):
        raise HTTPException(403, "a request from another site's page, which may not change anything here")
    sent = _sent_key(request.headers.get("authorization", ""))
    if sent:
        key = verify_key(services.access.keys, sent) if services.access.keys else None
        if key is None:
            raise HTTPException(401, "the access key is not valid; `gongkai key create` makes one", _challenge(request))
        return Caller(key, services.access.open_reading)
    cookie = request.cookies.get(COOKIE, "")
    # A cookie with a revoked key counts as no cookie: its owner can still open public pages, and sign in.
    return Caller(_key_of_session(services.access, cookie) if cookie else None, services.access.open_reading)


def _key_of_session(access: Access, token: str) -> AccessKey | None:
    identifier = access.sessions.find(token) if access.sessions else None
    return access.keys.find(identifier) if access.keys and identifier else None


class Gate(SecurityBase):
    """A FastAPI dependency that requires ``scope`` and returns the caller.

    It is a security scheme of that name, so that OpenAPI lists it.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.scheme_name = str(scope)
        self.model = HTTPBearer()

    async def __call__(self, request: Request) -> Caller:
        """Return the caller, or refuse the request."""
        found = await run_in_threadpool(caller_of, request)
        request.state.caller = found
        _CURRENT.set(found)  # what the thread pool sets ends with its thread
        if not found.may(self.scope):
            request.state.lacking = self.scope
            if found.key is None:
                raise HTTPException(401, f"an access key of scope {self.scope} is required", _challenge(request))
            raise HTTPException(403, f"the access key {found.key.id} does not open {self.scope}")
        return found


READING, WRITING, OPERATING, ADMINISTERING = (Gate(scope) for scope in Scope)


def require(scope: Scope) -> Gate:
    """Return the gate of a scope."""
    return {gate.scope: gate for gate in (READING, WRITING, OPERATING, ADMINISTERING)}[scope]


Reader = Annotated[Caller, Depends(READING)]
Writer = Annotated[Caller, Depends(WRITING)]


def shown_record(services: Services, identifier: str) -> DocumentRecord:
    """Return the record of a document that may be shown.

    Raises:
        HTTPException: The document does not exist (404), was removed (410), or is held (403).
    """
    record = services.index.record(identifier)
    if record is None:
        raise HTTPException(404, "no such document")
    if record.state is State.REMOVED:
        raise HTTPException(410, "the document was removed from the bucket")
    if record.state is State.HELD:
        raise HTTPException(403, "the document is held; it is not shown until a person releases it")
    return record


def shown_documents(services: Services, identifiers: Iterable[str]) -> dict[str, DocumentRecord]:
    """Return the records of those documents that may be shown, by identifier; others are left out."""
    records = services.index.records_of(list(dict.fromkeys(identifiers)))
    return {identifier: record for identifier, record in records.items() if record.state.is_searchable}


def may_be_told(access: Access, owner: str) -> bool:
    """Return whether matches of a saved search may be sent to its owner: the key is valid and may read.

    Raises:
        DependencyError: The key store does not answer.
    """
    key = access.keys.find(owner) if access.keys else None
    return key is not None and Caller(key, access.open_reading).may(Scope.READ)


def _sent_key(header: str) -> str:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    try:
        password = b64decode(value.strip(), validate=True).decode("utf-8").partition(":")[2]
    except ValueError:
        return ""
    # Any other password is for a proxy in front of this service.
    return password if scheme.lower() == "basic" and password.startswith(KEY_START) else ""


def from_own_page(request: Request) -> bool:
    """Return whether a request is not from another site's page; browsers name the origin of changing requests."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or origin.partition("//")[2] == request.headers.get("host", "")


def _challenge(request: Request) -> dict[str, str]:
    # With a Basic challenge a browser would show its own password dialog instead of our page.
    basic = "" if "text/html" in request.headers.get("accept", "") else f", Basic {_REALM}"
    return {"WWW-Authenticate": f"Bearer {_REALM}{basic}"}


@dataclass(frozen=True, slots=True)
class Action:
    """A form that was sent: its path, and its fields as (name, value)."""

    path: str
    fields: tuple[tuple[str, str], ...]


async def read_action(request: Request) -> Action | None:
    """Return the form of a refused request, or the one that its sign-in form carries; None if there is none.

    A request from another site's page never comes here: it is refused before any key is asked for.
    """
    if request.method != "POST" or not request.headers.get("content-type", "").lower().startswith(FORM):
        return None
    form = await request.form()
    fields = tuple((name, value) for name, value in form.multi_items() if isinstance(value, str))
    path = _path(request, form)
    size = sum(len(name) + len(value) for name, value in fields)
    if not path or len(fields) > MAX_FIELDS or size > MAX_CHARACTERS:
        return None
    return Action(path, tuple(one for one in fields if one[0] not in OWN_FIELDS))


def _path(request: Request, form: FormData) -> str:
    if request.url.path == SESSION:
        carried = form.get("then")
        return carried if isinstance(carried, str) else ""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
