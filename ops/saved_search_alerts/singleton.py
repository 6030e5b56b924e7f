"""A system-wide lock, so that only one process does a job: a lease in Redis, or a locked file."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from redis.exceptions import LockError
from redis.lock import Lock

from schemas.errors import DependencyError
from workers.runtime.background_thread import run_in_background
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings

# Seconds until the lock of a process that died expires.
LEASE_SECONDS = 30.0
POLL_SECONDS = 0.1


@contextmanager
def exclusive(settings: Settings, what: str, *, patience: float = 0.0) -> Iterator[bool]:
    """Try to acquire the system-wide lock ``what``; yield whether it was acquired, hold it during the block.

    Args:
        settings: Settings of the system.
        what: A short name, part of the name of the key or file.
        patience: Seconds to wait for the lock.

    Raises:
        DependencyError: Redis does not answer.
    """
    with (_lock if settings.embedded else _lease)(settings, what, patience) as mine:
        yield mine


@contextmanager
def _lock(settings: Settings, what: str, patience: float) -> Iterator[bool]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    # The operating system releases the lock when the file is closed or its process ends.
    with (settings.data_dir / f"{what}.lock").open("w") as file:
        deadline = time.monotonic() + patience
        while not (mine := _got(file)) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        yield mine


def _got(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _lease(settings: Settings, what: str, patience: float) -> Iterator[bool]:
    client = connect(settings)
    lock = Lock(client, f"{settings.broker_prefix}alone:{what}", timeout=LEASE_SECONDS, thread_local=False)
    try:
        with translate_redis_errors():
            mine = lock.acquire(blocking_timeout=patience)
        if not mine:
            yield False
            return
        with _renew(lock):
            yield True
    finally:
        client.close()


@contextmanager
def _renew(lock: Lock) -> Iterator[None]:
    def renew(ended: threading.Event) -> None:
        while not ended.wait(LEASE_SECONDS / 3):
            # An unreachable Redis, or one that lost its data, must not interrupt the job.
            with suppress(DependencyError, LockError), translate_redis_errors():
                lock.reacquire()

    try:
        with run_in_background(renew, "lease"):
            yield
    finally:
        with suppress(DependencyError, LockError), translate_redis_errors():
            lock.release()
