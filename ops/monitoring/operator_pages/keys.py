"""Access keys: those there are, a new one, and an end to one; needs a key of scope ``admin``."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from ops.adapters.access_keys import KeyStore
from ops.adapters.key_administration import create_key, revoke_key
from ops.system import System
from schemas.access import Scope
from search.http.auth import ADMINISTERING, Caller
from search.pages.render import SCOPES, page_from

TEMPLATES = Path(__file__).parent / "templates"
HERE = "/operations/keys"
MAX_NAME = 200
Administrator = Annotated[Caller, Depends(ADMINISTERING)]


def key_pages(system: System) -> APIRouter:
    """Return this page for a system."""
    router, store = APIRouter(), KeyStore(system.context.derived)

    @router.get("/keys")
    def listed(caller: Administrator, revoked: str = "") -> Response:
        return _list_page(store, caller, said=f"已吊销 {revoked}，十秒内失效。" if revoked.isalnum() else "")

    @router.post("/keys")
    def create(
        caller: Administrator,
        label: Annotated[str, Form(max_length=MAX_NAME)] = "",
        scope: Annotated[list[Scope], Form(max_length=len(Scope))] = [],  # noqa: B006  FastAPI copies
    ) -> Response:
        if not label.strip() or not scope:
            return _list_page(store, caller, wrong="请写明用途，并至少选一项权限。", status=422)
        secret, key = create_key(system.settings, store, name=label.strip(), scopes=scope, who=caller.name)
        return _list_page(store, caller, secret=secret, made=key.id)

    @router.post("/keys/revoke")
    def revoke(caller: Administrator, revoked: Annotated[str, Form(max_length=20)]) -> Response:
        key = revoke_key(system.settings, store, revoked, who=caller.name)
        return RedirectResponse(f"{HERE}?revoked={key.id}", 303)

    return router


def _list_page(
    store: KeyStore,
    caller: Caller,
    *,
    said: str = "",
    wrong: str = "",
    secret: str = "",
    made: str = "",
    status: int = 200,
) -> Response:
    answer = page_from(
        TEMPLATES,
        "keys.html",
        keys=store.all(),
        own=caller.key.id if caller.key else "",
        scopes=SCOPES,
        said=said,
        wrong=wrong,
        secret=secret,
        made=made,
        here=HERE,
    )
    answer.status_code = status
    return answer
