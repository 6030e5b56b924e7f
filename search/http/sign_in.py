"""What a person wanted to do before being asked to sign in; the sign-in form carries it, so that it is done then."""

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

SESSION = "/v1/session"
FORM = "application/x-www-form-urlencoded"
# The fields of the sign-in form itself.
OWN_FIELDS = frozenset({"key", "next", "then"})
MAX_FIELDS, MAX_CHARACTERS = 200, 50_000


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
