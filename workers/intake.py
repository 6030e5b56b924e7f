"""Turns bucket events into work: a Redis list the object store pushes to, a watched folder, or the HTTP webhook.

An event is only a hint, so its kind is ignored here: whatever happened, the object is looked at.
"""

import logging
import math
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from watchfiles import Change, watch

from schemas.errors import DependencyError
from schemas.events import EventError, ObjectEvent, parse_events
from schemas.journeys import Journey
from workers.pipeline.server_wait import ServerWait, stop_quietly
from workers.runtime.redis_client import connect, translate_redis_errors
from workers.settings import Settings
from workers.storage.folder import STAGING
from workers.storage.object_keys import RESERVED
from workers.storage.protocol import ObjectStore
from workers.tasks.publisher import Publisher, is_document
from workers.telemetry import instrument as metrics

log = logging.getLogger(__name__)

BLOCK_SECONDS = 1
BATCH = 500
OWNER_SECONDS = 30
# Prefix in the derived store for checks: an empty object per check, filled when the event of its test object arrives.
CHECKS = "checks/"
CHECKED_OBJECT = "event.txt"

_TOKEN = re.compile("[0-9a-f]{32}")


class EventSink:
    """Takes events from any source and queues their objects; events of a store check are only noted."""

    def __init__(self, dispatch: Publisher, bucket: str, *, derived: Callable[[], ObjectStore]) -> None:
        self._dispatch = dispatch
        self._bucket = bucket
        self._derived = derived

    def send(self, events: Iterable[ObjectEvent], *, journey: Journey | None = None) -> None:
        """Queue the objects of these events; they are safe when this returns.

        Args:
            events: Objects that may have changed.
            journey: How the objects arrived, if known.

        Raises:
            DependencyError: The broker does not answer.
        """
        own = [event.key for event in metrics.count_events(events) if is_document(event, self._bucket)]
        self._dispatch.send((key for key in own if not key.startswith(f"{RESERVED}/")), journey=journey)
        for key in own:
            if key.startswith(f"{RESERVED}/") and key.endswith(f"/{CHECKED_OBJECT}"):
                self._note(key.split("/", 2)[1])

    def _note(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            return
        try:
            derived = self._derived()
            # An event that arrives after the check has ended would leave a note that is never removed.
            if derived.stat(f"{CHECKS}{token}") is not None:
                derived.write(f"{CHECKS}{token}", str(time.time()).encode())
        except DependencyError as error:
            log.warning("the event of a check came in and is not noted: %s", error)

    def describe(self) -> str:
        """Contact the broker and return its kind and address in one line.

        Raises:
            DependencyError: The broker does not answer.
        """
        return self._dispatch.describe()


class ListIntake:
    """Reads events from the Redis list; each moves to a list of this process's own until it is handled.

    The events of a dead process return to the common list within a minute, as long as any intake runs.
    """

    def __init__(self, settings: Settings, sink: EventSink) -> None:
        self._redis = connect(settings)
        self._sink = sink
        self._list = settings.events_list
        self._taken = f"{self._list}:taken:{socket.gethostname()}:{os.getpid()}"

    def run(self, stop: threading.Event) -> None:
        """Take events until ``stop`` is set; wait while Redis is down."""
        wait = ServerWait(stop, seconds=math.inf)
        with stop_quietly(stop):
            adopted = -math.inf
            while not stop.is_set():
                # Repeatedly: a process that died just before this one started still counts as alive.
                if time.monotonic() - adopted > OWNER_SECONDS:
                    wait(self.adopt)
                    adopted = time.monotonic()
                wait(self.step)

    def step(self) -> int:
        """Wait briefly for events, handle up to one batch, and return how many messages were read.

        Raises:
            DependencyError: Redis does not answer; events taken stay on this process's list and are read again.
        """
        with translate_redis_errors():
            self._redis.set(f"{self._taken}:owner", 1, ex=OWNER_SECONDS)
            kept = self._redis.lrange(self._taken, 0, -1)
            messages = kept or self._take()
            self._sink.send(event for message in messages for event in self._parse(message))
            if messages:
                self._redis.ltrim(self._taken, len(messages), -1)
        return len(messages)

    def adopt(self) -> int:
        """Return the messages of dead intakes to the common list; return how many there were.

        Raises:
            DependencyError: Redis does not answer.
        """
        moved = 0
        with translate_redis_errors():
            for name in self._redis.scan_iter(match=f"{self._list}:taken:*", _type="list"):
                if name != self._taken and not self._redis.exists(f"{name}:owner"):
                    while self._redis.lmove(name, self._list, "RIGHT", "LEFT") is not None:
                        moved += 1
        return moved

    def _take(self) -> list[str]:
        first = self._redis.blmove(self._list, self._taken, BLOCK_SECONDS, "LEFT", "RIGHT")
        if first is None:
            return []
        pipeline = self._redis.pipeline(transaction=False)
        for _ in range(min(BATCH, int(self._redis.llen(self._list)))):
            pipeline.lmove(self._list, self._taken, "LEFT", "RIGHT")
        return [first, *(message for message in pipeline.execute() if message is not None)]

    def _parse(self, message: bytes | str) -> list[ObjectEvent]:
        try:
            return parse_events(message)
        except EventError as error:
            log.warning("passed over a message on %s: %s; the sweep finds what it meant", self._list, error)
            return []


def watch_folder(
    root: Path,
    sink: EventSink,
    stop: threading.Event,
    *,
    compare: Callable[[str], Any],
    ready: Callable[[], Any] = lambda: None,
) -> None:
    """Treat the changes of a folder as events until ``stop`` is set.

    Args:
        root: The inbox folder.
        sink: Receives the events.
        stop: Set it to end.
        compare: Sweeps one key prefix. Needed when a folder appears or vanishes: files that were in it before it was
            watched, or went with it, cause no events of their own.
        ready: Called once the watch is active.
    """
    started, wait = False, ServerWait(stop, seconds=math.inf)
    for changes in watch(root, stop_event=stop, debounce=50, step=20, rust_timeout=100, yield_on_timeout=True):
        if not started:
            started = True
            ready()
        seen = sorted((Path(path).relative_to(root).as_posix(), kind) for kind, path in changes)
        kinds = {key: kind for key, kind in seen if key.split("/", 1)[0] != STAGING}
        folders = {key for key in kinds if (root / key).is_dir()}
        events = [ObjectEvent(key=key) for key in kinds if key not in folders]
        moved = [
            f"{key}/"
            for key, kind in kinds.items()
            if kind is Change.deleted or (kind is Change.added and key in folders)
        ]
        with stop_quietly(stop):
            wait(lambda: _act(sink, events, moved, compare))  # noqa: B023 - called at once


def _act(sink: EventSink, events: list[ObjectEvent], moved: list[str], compare: Callable[[str], Any]) -> None:
    sink.send(events)
    for prefix in moved:
        compare(prefix)
