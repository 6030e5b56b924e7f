"""The faults, one function each, and the thread that injects one every few seconds."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from ops.bench.faults.app_processes import AppProcesses
from ops.bench.faults.servers import Killable, KillableServers
from ops.bench.faults.slow_proxy import FaultProxy

MAX_AWAY_SECONDS = 4.0
SLOW_SECONDS, FULL_SECONDS = 4.0, 4.0


@dataclass(frozen=True, slots=True)
class Stage:
    """The targets of faults."""

    crew: AppProcesses
    trio: KillableServers
    inbox: FaultProxy
    derived: FaultProxy
    source: random.Random


def _server(choose: Callable[[KillableServers], Killable], *, emptied: bool = False) -> Callable[[Stage], None]:
    def fault(stage: Stage) -> None:
        server = choose(stage.trio)
        server.kill()
        if emptied:
            server.forget()
        time.sleep(stage.source.uniform(0.2, MAX_AWAY_SECONDS))
        server.revive()

    return fault


def _slow(stage: Stage) -> None:
    stage.inbox.delay = stage.derived.delay = 0.05
    time.sleep(SLOW_SECONDS)
    stage.inbox.delay = stage.derived.delay = 0.0


def _full(stage: Stage) -> None:
    stage.derived.fill()
    time.sleep(FULL_SECONDS)
    stage.derived.full = False


# Fault → (relative frequency, function). Elasticsearch takes half a minute to come back.
FAULTS: dict[str, tuple[int, Callable[[Stage], object]]] = {
    "kill documents worker": (3, lambda stage: stage.crew.kill("documents")),
    "kill index worker": (3, lambda stage: stage.crew.kill("index")),
    "kill intake": (2, lambda stage: stage.crew.kill("intake")),
    "kill sweep": (1, lambda stage: stage.crew.kill("sweep")),
    "kill a child": (4, lambda stage: stage.crew.kill_child(stage.source)),
    "kill Redis": (2, _server(lambda trio: trio.redis)),
    "kill Redis and its data": (2, _server(lambda trio: trio.redis, emptied=True)),
    "kill object store": (2, _server(lambda trio: trio.s3)),
    "kill Elasticsearch": (1, _server(lambda trio: trio.elasticsearch)),
    "object store slow": (1, _slow),
    "disk of artefacts full": (2, _full),
}


class FaultInjector:
    """Injects faults one at a time until stopped or all have happened; at the end every server is up again.

    Starts with each fault of the table once, in random order, so that short runs include all of them.
    """

    def __init__(self, stage: Stage, *, pause: float, most: int, say: Callable[[str], object]) -> None:
        """Set the targets, the mean seconds between faults, and their maximum number."""
        self.happened: Counter[str] = Counter()
        self._stage = stage
        self._pause = pause
        self._most = most
        self._say = say
        self._ended = threading.Event()
        self._thread = ThreadPoolExecutor(1, "chaos")
        self._run: Future[None] | None = None

    def start(self) -> None:
        """Start injecting faults."""
        self._run = self._thread.submit(self._happen)

    @property
    def over(self) -> bool:
        """Whether no more faults will happen."""
        return self._run is not None and self._run.done()

    def end(self) -> None:
        """Stop injecting faults and wait for the last one to end; raise the error of a fault that failed."""
        self._ended.set()
        self._thread.shutdown()
        if self._run:
            self._run.result()

    def _happen(self) -> None:
        source, names = self._stage.source, list(FAULTS)
        first = source.sample(names, len(names))
        weights = [often for often, _ in FAULTS.values()]
        while self.happened.total() < self._most and not self._ended.wait(source.uniform(0.5, 1.5) * self._pause):
            name = first.pop() if first else source.choices(names, weights)[0]
            self.happened[name] += 1
            self._say(f"{time.strftime('%H:%M:%S', time.gmtime())} {name}")
            FAULTS[name][1](self._stage)
