"""Sign a browser in: a session cookie for an access key, since browsers send no key header."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from search.http.access_keys import verify_key
from search.http.auth import COOKIE, from_own_page, services_of
from search.http.errors import responses
from search.http.ports import Access

router = APIRouter(prefix="/v1", tags=["access"])

KEPT_SECONDS = 30 * 24 * 3600


@router.post(
    "/session",
    status_code=303,
    summary="Sign a browser in or out",
    response_class=RedirectResponse,
    responses={
        303: {"description": "The cookie is set, or taken away; on to `next`."},
        307: {"description": "The cookie is set; the form goes on to `then`."},
        **responses(413),
    },
)
async def sign_in(
    request: Request,
    key: Annotated[str, Form(max_length=200, description="access key; empty signs out")] = "",
    next_: Annotated[str, Form(alias="next", max_length=4000, description="path to go on to")] = "/",
    then: Annotated[str, Form(max_length=4000, description="path of the form to send on, instead of `next`")] = "",
) -> RedirectResponse:
    """Set the session cookie for the key in this browser; pages of other sites cannot use it to change anything."""
    if not from_own_page(request):
        raise HTTPException(403, "a request from another site's page")
    # Whoever mistypes a key is asked again, and led to the same place.
    request.state.back = own_path(next_)
    access = services_of(request).access
    token = await run_in_threadpool(_begin, access, key.strip(), request.cookies.get(COOKIE, ""))
    # 307 has the browser send this form on, and with it the fields of the one that was refused.
    onward = token and then == own_path(then) and not then.startswith("/v1/")
    place, status = (then, 307) if onward else (own_path(next_), 303)
    answer = RedirectResponse(place, status, headers={"Cache-Control": "no-store"})
    secure = request.url.scheme == "https" or access.public_url.startswith("https:")
    if token:
        answer.set_cookie(COOKIE, token, max_age=KEPT_SECONDS, httponly=True, samesite="lax", secure=secure)
    else:
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=secure)
    return answer


def _begin(access: Access, given: str, before: str) -> str:
    """End the previous session, if any; return the token of a new one, empty if no key was given."""
    if access.sessions is None or access.keys is None:
        raise HTTPException(401, "the access key is not valid")
    found = verify_key(access.keys, given) if given else None
    if given and found is None:
        raise HTTPException(401, "the access key is not valid")
    if before:
        access.sessions.end(before)
    return access.sessions.begin(found.id) if found else ""


def own_path(path: str) -> str:
    """Return ``path`` if it is on this site, else ``/``."""
    own = path.isprintable() and path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if own else "/"
