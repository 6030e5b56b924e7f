"""``gongkai pause``, ``resume`` and ``drain``: queues stand still, go on, or run empty."""

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, WRONG_USE, say
from ops.cli.progress_bar import Bar
from schemas.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ops.system import System
    from workers.leases.protocol import LeaseStore

Names = Annotated[list[str] | None, typer.Argument(metavar="[QUEUE]…", help="Stages, scan, or intake; all by default.")]
POLL_SECONDS = 0.2


def pause(queues: Names = None) -> int:
    """Let workers take no more messages from queues; what they have in hand is finished."""
    return _change(queues, lambda inflight, names: inflight.pause(names))


def resume(queues: Names = None) -> int:
    """Let workers take messages from queues again."""
    return _change(queues, lambda inflight, names: inflight.resume(names))


def drain(
    patience: Annotated[float, typer.Option(min=1, help="Seconds to wait at most.")] = 3600,
) -> int:
    """Pause intake and wait until nothing is being worked on; `gongkai resume intake` ends it."""
    from workers.leases.fair_queue import INTAKE  # noqa: PLC0415  start-up

    with _system() as system, Bar("drain") as bar:
        inflight, deadline = system.context.inflight, time.monotonic() + patience
        inflight.pause([INTAKE])
        while True:
            counts = inflight.counts()
            left = counts.waiting - counts.lined + counts.running
            if not left:
                say(f"nothing is being worked on; {counts.lined:,} wait until `gongkai resume intake`")
                return FINE
            if time.monotonic() > deadline:
                say(f"{left:,} are still being worked on after {patience:.0f} s; `gongkai status --running` lists them")
                return FAILED
            bar.reach(0, total=left)
            time.sleep(POLL_SECONDS)


@contextmanager
def _system() -> "Iterator[System]":
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    if settings.embedded:
        raise SettingsError("GONGKAI_BROKER_URL is memory://: what is paused lives in `gongkai run` itself; stop that")
    with open_system(settings) as system:
        yield system


def _change(queues: list[str] | None, change: "Callable[[LeaseStore, list[str]], None]") -> int:
    from workers.leases.fair_queue import INTAKE  # noqa: PLC0415  start-up
    from workers.order import QUEUES  # noqa: PLC0415  start-up

    known = (INTAKE, *QUEUES)
    with _system() as system:
        if unknown := sorted(set(queues or ()) - set(known)):
            say(f"no queue is called {', '.join(unknown)}; there are {', '.join(known)}")
            return WRONG_USE
        inflight = system.context.inflight
        change(inflight, list(queues or known))
        say(f"paused: {', '.join(sorted(inflight.list_paused())) or 'nothing'}")
    return FINE
