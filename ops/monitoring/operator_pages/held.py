"""Held documents: why each is held, a look at it, and the decision to release it or to keep it closed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse

from ops.audit_log import Action, append_entry
from ops.maintenance.decisions.release import (
    NothingToHoldError,
    NothingToReleaseError,
    ensure_released,
    hold,
)
from ops.operations.cursor import read_cursor, write_cursor
from ops.operations.documents import Identifier
from ops.system import System, artefact_loader
from schemas.cleaned import Normalized
from schemas.outcomes import State, say_problem
from schemas.records import DocumentRecord
from search.http.auth import OPERATING, Caller
from search.pages.render import page_from
from workers.pipeline.hold_policy import Decision, Verdict, find_decision

TEMPLATES = Path(__file__).parent / "templates"
HERE = "/operations/held"
LISTING, LISTED = "held documents", 50
MAX_CHOSEN = 500
# So much of a document is shown; whoever decides by more of it opens the file itself.
SHOWN_CHARACTERS = 100_000
SAYINGS = {"release": "已放行", "keep": "已决定不公开"}
Operator = Annotated[Caller, Depends(OPERATING)]
Chosen = Annotated[list[str], Form(max_length=MAX_CHOSEN)]


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A held document for display; ``chosen`` names it and the version a decision is for."""

    record: DocumentRecord
    reasons: tuple[str, ...]
    decision: Decision | None

    @property
    def chosen(self) -> str:
        """Return identifier and version, as a form sends them back."""
        return f"{self.record.id} {self.record.etag}"

    @property
    def is_kept(self) -> bool:
        """Whether a person decided that it stays closed."""
        return self.decision is not None and self.decision.verdict is Verdict.HOLD


def held_pages(system: System) -> APIRouter:
    """Return these pages for a system."""
    router = APIRouter()
    read = artefact_loader(system.context, "normalize", Normalized)

    @router.get("/held")
    def listed(cursor: str = "", done: str = "", count: str = "") -> Response:
        said = f"{SAYINGS[done]} {count} 份。" if done in SAYINGS and count.isascii() and count.isdigit() else ""
        return _list_page(system, cursor, said=said)

    @router.get("/held/{identifier}")
    def look(identifier: Identifier, caller: Operator) -> Response:
        record = system.context.index.record(identifier)
        if record is None or record.state is not State.HELD:
            raise HTTPException(404, "no such document is held")
        append_entry(system.settings, Action.LOOK, target=record.key, who=caller.name, version=record.etag)
        normalized = read(record)
        texts = [paragraph.text for paragraph in normalized.paragraphs] if normalized else []
        shown = _first(texts, SHOWN_CHARACTERS)
        values = {"held": _held(system, record), "texts": shown, "more": len(shown) < len(texts)}
        return page_from(TEMPLATES, "held_look.html", here=HERE, **values)

    @router.post("/held")
    def decide(caller: Operator, act: Annotated[str, Form()], chosen: Chosen = []) -> Response:  # noqa: B006  FastAPI copies
        do = {"release": _release, "keep": _keep}.get(act)
        if do is None:
            raise HTTPException(422, f"act is one of {', '.join(SAYINGS)}")
        refused = [reason for one in chosen if (reason := _try(do, system, one, caller.name))]
        if refused:
            return _list_page(system, "", refused=refused, status=409)
        query = urlencode({"done": act, "count": len(chosen)})
        return RedirectResponse(f"{HERE}?{query}" if chosen else HERE, 303)

    return router


def _list_page(
    system: System, cursor: str, *, said: str = "", refused: list[str] | None = None, status: int = 200
) -> Response:
    after = read_cursor(LISTING, cursor) or ""
    found = system.context.index.records(states=(State.HELD,), after=after, limit=LISTED + 1)
    more = write_cursor(LISTING, found[LISTED - 1].key) if len(found) > LISTED else ""
    count = system.context.index.counts().get(State.HELD, 0)
    answer = page_from(
        TEMPLATES,
        "held.html",
        held=[_held(system, record) for record in found[:LISTED]],
        count=count,
        more=more,
        said=said,
        refused=refused or (),
        here=HERE,
    )
    answer.status_code = status
    return answer


def _held(system: System, record: DocumentRecord) -> HeldDocument:
    reasons = tuple(say_problem(problem, "zh") for problem in record.problems)
    return HeldDocument(record, reasons, find_decision(system.context.derived, record.key))


def _release(system: System, chosen: str, who: str) -> None:
    key, version = _named(system, chosen)
    ensure_released(system, key, who=who, version=version)


def _keep(system: System, chosen: str, who: str) -> None:
    hold(system, _named(system, chosen)[0], who=who)


def _named(system: System, chosen: str) -> tuple[str, str]:
    """Return key and version of what a form chose.

    Raises:
        NothingToReleaseError: There is no such document any more.
    """
    identifier, _, version = chosen.partition(" ")
    record = system.context.index.record(identifier)
    if record is None:
        raise NothingToReleaseError(f"{identifier}: no such document")
    return record.key, version


def _try(act: Callable[[System, str, str], None], system: System, chosen: str, who: str) -> str:
    """Carry out one decision; return why it is refused, or an empty text."""
    try:
        act(system, chosen, who)
    except (NothingToReleaseError, NothingToHoldError) as error:
        return str(error)
    return ""


def _first(texts: list[str], characters: int) -> list[str]:
    """Return the first texts that together have so many characters, at least one of them."""
    left, shown = characters, []
    for text in texts:
        if left <= 0:
            break
        shown.append(text[:characters])
        left -= len(text)
    return shown
