"""Lets something run in a thread beside a block."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def run_in_background(
    work: Callable[[threading.Event], object], name: str, *, patience: float | None = None
) -> Iterator[None]:
    """Run ``work`` in a thread until the block ends, and wait for it.

    Args:
        work: Is handed what is set when it has to end.
        name: Of the thread.
        patience: Seconds to wait for it at most; None waits until it has ended.
    """
    ended = threading.Event()
    thread = threading.Thread(target=work, args=(ended,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(patience)
