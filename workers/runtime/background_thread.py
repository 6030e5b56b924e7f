"""Runs a function in a background thread while a block runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def run_in_background(
    work: Callable[[threading.Event], object], name: str, *, patience: float | None = None
) -> Iterator[None]:
    """Run ``work`` in a thread until the block ends, and wait for it.

    Args:
        work: Called with the event that is set when it must end.
        name: Of the thread.
        patience: Longest wait for its end in seconds; None waits without limit.
    """
    ended = threading.Event()
    thread = threading.Thread(target=work, args=(ended,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(patience)
