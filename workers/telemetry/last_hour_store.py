"""The board of the last hour on Redis, and the thread that flushes a process's outcomes to its board."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from schemas.errors import DependencyError
from workers.runtime.background_thread import run_in_background
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings
from workers.telemetry.last_hour import (
    MINUTE,
    MINUTES,
    RECENT,
    SLOWEST,
    Board,
    Cell,
    Hour,
    MemoryBoard,
    Slow,
    last_hour,
)

log = logging.getLogger(__name__)

KEPT_SECONDS = 2 * MINUTES * MINUTE
BRING_SECONDS = 2.0
# The slowest are stored per ten minutes, so that they expire without a scan.
SPAN = 10 * MINUTE


class RedisBoard:
    """A hash of counts for each minute, and a sorted set of the slowest for each ten."""

    def __init__(self, settings: Settings) -> None:
        self._redis = connect(settings)
        self._prefix = settings.broker_prefix

    def add(self, hour: Hour) -> None:
        """See ``Board``.

        Raises:
            DependencyError: Redis does not answer.
        """
        pipeline = self._redis.pipeline(transaction=False)
        for (minute, state, category), number in hour.cells.items():
            pipeline.hincrby(self._minute(minute), f"{state}|{category}", number)
            pipeline.expire(self._minute(minute), KEPT_SECONDS)
        for slow in hour.slowest:
            name = self._span(slow.minute)
            pipeline.zadd(name, {json.dumps([slow.minute, slow.key]): slow.seconds}, gt=True)
            pipeline.zremrangebyrank(name, 0, -SLOWEST - 1)
            pipeline.expire(name, KEPT_SECONDS)
        with translate_redis_errors():
            pipeline.execute()

    def read(self) -> Hour:
        """See ``Board``.

        Raises:
            DependencyError: Redis does not answer.
        """
        with translate_redis_errors():
            now = int(self._redis.time()[0])
            minutes = [now // MINUTE * MINUTE - n * MINUTE for n in range(MINUTES)]
            spans = sorted({minute // SPAN for minute in minutes})
            pipeline = self._redis.pipeline(transaction=False)
            for minute in minutes:
                pipeline.hgetall(self._minute(minute))
            for span in spans:
                pipeline.zrange(self._span(span * SPAN), 0, -1, withscores=True)
            found = pipeline.execute()
        cells: list[tuple[Cell, int]] = [
            ((minute, *_split(name)), int(number))
            for minute, counts in zip(minutes, found, strict=False)
            for name, number in counts.items()
        ]
        members = [member for span in found[len(minutes) :] for member in span]
        return last_hour(cells, (Slow(score, *reversed(json.loads(name))) for name, score in members))

    def _minute(self, minute: int) -> str:
        return f"{self._prefix}hour:{minute}"

    def _span(self, minute: int) -> str:
        return f"{self._prefix}slowest:{minute // SPAN}"


def _split(name: str) -> tuple[str, str]:
    state, _, category = name.partition("|")
    return state, category


def open_board(settings: Settings) -> Board:
    """Return the board that matches the broker; a memory board is visible only to its process."""
    return MEMORY if urlsplit(settings.broker_url).scheme == "memory" else RedisBoard(settings)


MEMORY = MemoryBoard()


@contextmanager
def run_flushing(board: Board) -> Iterator[None]:
    """Flush this process's outcomes to the board every ``BRING_SECONDS`` until the block ends."""
    RECENT.enabled = True
    with run_in_background(lambda ended: _flush_to_store(board, ended), "last hour"):
        yield


def _flush_to_store(board: Board, ended: threading.Event) -> None:
    kept = Hour()
    last = False
    while not last:
        last = ended.wait(BRING_SECONDS)
        more = RECENT.take()
        counts = ((cell, kept.cells.get(cell, 0) + more.cells.get(cell, 0)) for cell in {**kept.cells, **more.cells})
        kept = last_hour(counts, (*kept.slowest, *more.slowest))
        if not kept.cells:
            continue
        try:
            board.add(kept)
        except DependencyError as error:
            log.debug("the last hour is not brought to its board: %s", error)
        else:
            kept = Hour()
