"""What a command asks of the `gongkai run` that works in the same folder: only that process may write to its index.

A request is a file in the data folder, which only this account can open; the running process takes it, carries it out
and writes the answer beside it. Nothing listens on a port, and no key is needed.
"""

import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ops.audit_log import local_account
from ops.maintenance.failures import Retried, Wanted, forget, in_states, retry_wanted
from ops.saved_search_alerts.singleton import exclusive
from ops.system import System
from schemas.codec import decode, encode
from schemas.errors import GongkaiError
from schemas.outcomes import State
from workers.settings import Settings

FOLDER, RUN = "requests", "run"
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Request:
    """One of these is asked: to retry documents, or to forget those with these keys or below a prefix."""

    who: str
    retry: Wanted | None = None
    forget: tuple[str, ...] = ()
    forget_prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of a request, or why it is refused."""

    retried: Retried | None = None
    forgotten: int = 0
    refusal: str = ""


class RefusedRequestError(GongkaiError):
    """The running process refused the request, or ended before it answered."""


def ask_running(
    settings: Settings,
    *,
    retry: Wanted | None = None,
    forget: tuple[str, ...] = (),
    forget_prefix: str | None = None,
) -> Reply | None:
    """Have the running `gongkai run` of this folder carry out a request; None if there is none to ask.

    Raises:
        RefusedRequestError: It refuses, or ended before it answered.
    """
    if not settings.embedded or not _is_running(settings):
        return None
    folder = settings.data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{uuid4().hex}.asked"
    _write(path, encode(Request(local_account(), retry, forget, forget_prefix)))
    try:
        reply = decode(Reply, _wait(settings, path))
    finally:
        for suffix in (".asked", ".taken", ".answer"):
            path.with_suffix(suffix).unlink(missing_ok=True)
    if reply.refusal:
        raise RefusedRequestError(reply.refusal)
    return reply


def forget_wanted(system: System, keys: Iterable[str], *, prefix: str | None, who: str = "") -> int:
    """Delete the records with these keys, and those of all removed objects below ``prefix``, as ``forget`` does."""
    below = in_states(system, (State.REMOVED,), prefix) if prefix is not None else ()
    return forget(system, [*keys, *(record.key for record in below)], who=who)


def answer_requests(system: System, stop: threading.Event) -> None:
    """Carry out the requests of commands until ``stop`` is set."""
    folder = system.settings.data_dir / FOLDER
    while not stop.wait(POLL_SECONDS):
        for path in sorted(folder.glob("*.asked")):
            taken = path.with_suffix(".taken")
            try:
                path.rename(taken)  # whatever comes of it, it is carried out once
            except FileNotFoundError:  # the command was interrupted
                continue
            _write(path.with_suffix(".answer"), encode(_carry_out(system, decode(Request, taken.read_bytes()))))
            taken.unlink(missing_ok=True)


def _carry_out(system: System, request: Request) -> Reply:
    try:
        if request.retry is not None:
            return Reply(retried=retry_wanted(system, request.retry, who=request.who))
        forgotten = forget_wanted(system, request.forget, prefix=request.forget_prefix, who=request.who)
        return Reply(forgotten=forgotten)
    except GongkaiError as error:
        return Reply(refusal=str(error))


def _wait(settings: Settings, path: Path) -> bytes:
    """Return the answer to a request once it is there."""
    answer = path.with_suffix(".answer")
    while not answer.exists():
        if not _is_running(settings) and not answer.exists():
            raise RefusedRequestError("`gongkai run` ended before it answered; try again")
        time.sleep(POLL_SECONDS)
    return answer.read_bytes()


def _is_running(settings: Settings) -> bool:
    with exclusive(settings, RUN) as free:
        return not free


def _write(path: Path, data: bytes) -> None:
    made = path.with_suffix(".new")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    made.rename(path)
