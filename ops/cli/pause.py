"""``gongkai pause``, ``resume`` and ``drain``: stops, restarts and empties queues."""

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, WRONG_USE, say
from ops.cli.progress_bar import Bar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ops.maintenance.queues import Flow
    from ops.system import System

Names = Annotated[list[str] | None, typer.Argument(metavar="[QUEUE]…", help="Stages, scan, or intake; all by default.")]
POLL_SECONDS = 0.2


def pause(queues: Names = None) -> int:
    """Stop workers taking messages from queues; work in progress is finished."""
    from ops.maintenance.queues import pause as hold  # noqa: PLC0415  start-up

    return _change(queues, hold)


def resume(queues: Names = None) -> int:
    """Have workers take messages from paused queues again."""
    from ops.maintenance.queues import resume as go_on  # noqa: PLC0415  start-up

    return _change(queues, go_on)


def drain(
    patience: Annotated[float, typer.Option(min=1, help="Longest wait in seconds.")] = 3600,
) -> int:
    """Pause intake and wait until no work is left; `gongkai resume intake` undoes it."""
    from ops.maintenance.queues import drain as begin  # noqa: PLC0415  start-up
    from ops.maintenance.queues import flow  # noqa: PLC0415  start-up

    with _system() as system, Bar("drain") as bar:
        now, deadline = begin(system), time.monotonic() + patience
        while now.left:
            if time.monotonic() > deadline:
                say(
                    f"{now.left:,} are still being processed after {patience:.0f} s; "
                    "`gongkai status --running` lists them"
                )
                return FAILED
            bar.reach(0, total=now.left)
            time.sleep(POLL_SECONDS)
            now = flow(system)
    say(f"no work is left; {now.waiting:,} wait until `gongkai resume intake`")
    return FINE


@contextmanager
def _system() -> "Iterator[System]":
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system:
        yield system


def _change(queues: list[str] | None, change: "Callable[[System, list[str]], Flow]") -> int:
    from ops.maintenance.queues import NoSuchQueueError  # noqa: PLC0415  start-up

    with _system() as system:
        try:
            now = change(system, queues or [])
        except NoSuchQueueError as error:
            say(str(error))
            return WRONG_USE
    say(f"paused: {', '.join(sorted(now.paused)) or 'nothing'}")
    return FINE
