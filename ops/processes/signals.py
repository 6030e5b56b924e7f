"""Stops a running command on Ctrl-C or on the signal of a service manager."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn SIGTERM into ``KeyboardInterrupt`` within the block, so that open resources are closed."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
