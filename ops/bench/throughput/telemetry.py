"""Measures the cost of metrics and tracing: generated documents with both on and both off, on the same servers.

Two stacks run side by side. First they work in short alternating turns, which gives the loss of throughput: the speed
of a virtual machine changes within seconds, so each turn is compared with its neighbour. Then both work at once on the
same documents, which gives the added CPU time: whatever slows one slows the other. Meanwhile this process collects
spans and scrapes metrics, at its own cost.
"""

import math
import os
import statistics
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ops.bench.throughput.documents import SEED, make_documents
from ops.bench.throughput.measure import QUIET_SECONDS, WARM_UP, write_documents
from ops.bench.throughput.process_usage import watch_processes
from ops.bench.throughput.stack import Stack, services_stack, test_servers
from ops.maintenance.upload import outcomes, upload
from schemas.errors import SettingsError
from workers.runtime.background_thread import run_in_background
from workers.settings import PREFIX

PAIRS = 40
# Multiplier on ``count`` for the phase in which both stacks work at once.
BATCH_SIZE = 20
# A third of the 15 s in Prometheus's example configuration.
SCRAPE_SECONDS = 5.0
MAX_LOST = 0.03
NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction: its estimate and its 95 % confidence interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Telemetry:
    """The cost of metrics and tracing.

    Attributes:
        documents: Number of documents per turn.
        on: Documents per second in each turn with metrics and tracing.
        off: The same without, paired by position.
        throughput_lost: Loss with both on; negative if that was faster.
        cpu_on: Milliseconds of CPU a document by role of the process, while both stacks worked at once.
        cpu_off: The same without metrics and tracing.
        spans: How many the collector received.
        scrapes: Number of scrapes of a process's metrics.
    """

    documents: int
    on: tuple[float, ...]
    off: tuple[float, ...]
    throughput_lost: Share
    cpu_on: dict[str, float]
    cpu_off: dict[str, float]
    spans: int
    scrapes: int

    @property
    def cpu_added(self) -> float:
        """Relative growth of the CPU time of our own processes; both stacks share the servers."""
        return sum(self.cpu_on.values()) / sum(self.cpu_off.values()) - 1

    @property
    def met(self) -> bool:
        """Whether the cost stays within the limits."""
        return self.throughput_lost.estimate < MAX_LOST


def measure_telemetry(
    environment: dict[str, str],
    count: int,
    *,
    pairs: int = PAIRS,
    together: int = BATCH_SIZE,
    warm_up: int = WARM_UP,
    tell: Callable[[], Any],
) -> Telemetry:
    """Send ``count`` made documents in each turn.

    Args:
        environment: Settings that name the servers; if empty, test servers are started for the run.
        count: Documents of a turn.
        pairs: Number of turns of each kind.
        together: Multiplier on ``count`` for the phase in which both stacks work at once.
        warm_up: Number of documents sent through each stack before, uncounted.
        tell: Called after each turn.

    Raises:
        SettingsError: The extra `otel` is not installed.
        DependencyError: A server cannot run here or does not answer.
    """
    with _collect_spans() as collector:
        with ExitStack() as stack:
            given = environment or stack.enter_context(test_servers({}))
            with_both = {f"{PREFIX}METRICS": "true", f"{PREFIX}OTEL_ENDPOINT": collector.url}
            on = stack.enter_context(services_stack({**given, **with_both}, show_metrics=True))
            off = stack.enter_context(services_stack({**given, f"{PREFIX}METRICS": "false"}))
            scraper = stack.enter_context(_scrape_metrics(on.metrics))
            _together((on, off), warm_up, SEED + 1)
            rates_on, rates_off = list[float](), list[float]()
            sides = [(off, rates_off), (on, rates_on)]
            for pair in range(pairs):
                for one, rates in reversed(sides) if pair % 2 else sides:
                    rates.append(_turn(one, count, SEED + 2 + pair))
                    tell()
            cpu_on, cpu_off = _together((on, off), together * count, SEED + 2 + pairs)
        # Processes send their last spans when they end.
        lost = [1 - a / b for a, b in zip(rates_on, rates_off, strict=True)]
        return Telemetry(
            documents=count,
            on=tuple(rates_on),
            off=tuple(rates_off),
            throughput_lost=share(lost),
            cpu_on=cpu_on,
            cpu_off=cpu_off,
            spans=collector.spans(),
            scrapes=scraper.scrapes,
        )


def share(values: Sequence[float]) -> Share:
    """Return the estimate of Hodges and Lehmann with the interval of Wilcoxon's signed ranks.

    Both assume only symmetric noise; the interval is the normal approximation for many pairs.
    """
    number = len(values)
    means = sorted((a + b) / 2 for place, a in enumerate(values) for b in values[place:])
    spread = NORMAL_95 * math.sqrt(number * (number + 1) * (2 * number + 1) / 24)
    outside = max(0, math.floor(number * (number + 1) / 4 - spread))
    return Share(round(statistics.median(means), 4), round(means[outside], 4), round(means[-1 - outside], 4))


def _turn(stack: Stack, count: int, seed: int) -> float:
    """Send documents and return the documents per second."""
    with TemporaryDirectory(prefix="gongkai-bench-files-") as folder:
        files = write_documents(make_documents(count, seed=seed), Path(folder) / "turn")
        started = time.time()
        sent = list(upload(stack.system, files, prefix=f"bench-{seed}"))
        done = list(outcomes(stack.system.context.index, sent, seconds=QUIET_SECONDS))
    return round(count / (max(record.indexed_at for _, record in done) - started), 2)


def _together(stacks: Sequence[Stack], count: int, seed: int) -> list[dict[str, float]]:
    """Send the same documents to all at once; return CPU milliseconds per document by role, for each stack."""
    with ExitStack() as stack:
        # This process serves them all.
        roles = [{role: pid for role, pid in one.processes.items() if pid != os.getpid()} for one in stacks]
        usages = [stack.enter_context(watch_processes(one)) for one in roles]
        with ThreadPoolExecutor(len(stacks)) as pool:
            list(pool.map(lambda one: _turn(one, count, seed), stacks))
    return [{role: round(1000 * s / count, 2) for role, s in sorted(usage.cpu_seconds.items())} for usage in usages]


@dataclass(frozen=True, slots=True)
class _Collector:
    url: str
    bodies: list[bytes]

    def spans(self) -> int:
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (  # noqa: PLC0415 - an extra
            ExportTraceServiceRequest,
        )

        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return sum(len(part.spans) for one in requests for spans in one.resource_spans for part in spans.scope_spans)


@contextmanager
def _collect_spans() -> Iterator[_Collector]:
    """Listen for spans as an OpenTelemetry collector does (OTLP/HTTP, protobuf)."""
    try:
        import opentelemetry.exporter.otlp.proto.http  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise SettingsError(f"tracing needs the extra: pip install 'gongkai[otel]' ({error})") from error
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, name="collector", daemon=True).start()
    try:
        yield _Collector(f"http://127.0.0.1:{server.server_address[1]}/v1/traces", bodies)
    finally:
        server.shutdown()
        server.server_close()


@dataclass(slots=True)
class _Scraper:
    scrapes: int = 0


@contextmanager
def _scrape_metrics(ports: dict[str, int]) -> Iterator[_Scraper]:
    """Scrape the metrics of every process regularly, as Prometheus does."""
    scraper = _Scraper()

    def scrape(ended: threading.Event) -> None:
        while not ended.wait(SCRAPE_SECONDS):
            for port in ports.values():
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=SCRAPE_SECONDS) as answer:
                    answer.read()
                scraper.scrapes += 1

    with run_in_background(scrape, "scraper"):
        yield scraper
