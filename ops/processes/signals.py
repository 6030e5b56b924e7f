"""Stops a running command on Ctrl-C or on the signal of a service manager."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class Terminated(KeyboardInterrupt):
    """SIGTERM arrived.

    Not ``KeyboardInterrupt`` itself: if that leaves an ``exec`` of a string, as imports of data classes run, CPython
    ends the process by SIGINT at last, even though it was caught (``run_eval_code_obj`` in ``Python/pythonrun.c``).
    """


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn SIGTERM into a ``KeyboardInterrupt`` within the block, so that open resources are closed."""
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(number: int, frame: object) -> NoReturn:
    raise Terminated


@contextmanager
def wait_for_stop() -> Iterator[threading.Event]:
    """Yield an event that SIGINT or SIGTERM sets; a second signal interrupts at once."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ask(number: int, frame: object) -> None:
        stop.set()
        signal.signal(number, signal.default_int_handler)

    for number in before:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
