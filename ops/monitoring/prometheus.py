"""Exposes metrics to Prometheus (text exposition format 0.0.4, or OpenMetrics on request).

Every process exposes its own metrics and those of its forked children; the API, and any process with a ``System``, also
the gauges of the servers. Prometheus sums over processes.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from schemas.errors import SettingsError
from workers.settings import Settings
from workers.telemetry.definitions import FAMILIES, MetricDefinition
from workers.telemetry.recorder import RECORDER, Recorder, Values

PREFIX = "gongkai_"


class MetricsCollector(Collector):
    """Collects the metrics of a recorder, and the gauges a function returns, for Prometheus."""

    def __init__(
        self, recorder: Recorder, now: Callable[[], Values] = dict, families: dict[str, MetricDefinition] | None = None
    ) -> None:
        self._recorder = recorder
        self._now = now
        self._families = {**FAMILIES, **(families or {})}

    def describe(self) -> Iterable[Metric]:
        """Return no metrics: describing them would query every server at start-up."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield one metric for each family that has values."""
        values = {**self._recorder.snapshot(), **self._now()}
        for name, family in self._families.items():
            found = {labels: numbers for (owner, labels), numbers in values.items() if owner == name}
            if found:
                yield _metric(name, family, found)


def _metric(name: str, family: MetricDefinition, found: dict[tuple[str, ...], list[float]]) -> Metric:
    if family.kind == "histogram":
        histogram = HistogramMetricFamily(PREFIX + name, family.meaning, labels=family.labels)
        for labels, numbers in found.items():
            histogram.add_metric(labels, _buckets(family.bounds, numbers[:-1]), numbers[-1])
        return histogram
    simple = (CounterMetricFamily if family.kind == "counter" else GaugeMetricFamily)(
        PREFIX + name, family.meaning, labels=family.labels
    )
    for labels, numbers in found.items():
        simple.add_metric(labels, numbers[0])
    return simple


def _buckets(bounds: tuple[float, ...], counts: list[float]) -> list[tuple[str, float]]:
    total, buckets = 0.0, []
    for bound, number in zip((*bounds, float("inf")), counts, strict=True):
        total += number
        buckets.append(("+Inf" if bound == float("inf") else str(bound), total))
    return buckets


def registry(numbers: MetricsCollector) -> CollectorRegistry:
    """Return a registry of these metrics and those of the process: memory, CPU, open files."""
    found = CollectorRegistry(auto_describe=False)
    found.register(numbers)
    ProcessCollector(registry=found)
    PlatformCollector(registry=found)
    return found


def render(numbers: CollectorRegistry, accept: str) -> tuple[bytes, str]:
    """Return the metrics in the format the scraper accepts, and their media type."""
    encode, media_type = choose_encoder(accept)
    return encode(numbers), media_type


@contextmanager
def serve_metrics(settings: Settings, *, port: int, now: Callable[[], Values] = dict) -> Iterator[None]:
    """Serve this process's metrics on their own port until the block ends; port 0 disables it.

    Raises:
        SettingsError: The port cannot be listened on.
    """
    RECORDER.enabled = settings.metrics
    if not (port and settings.metrics):
        yield
        return
    from ops.monitoring.gauges import GAUGES  # noqa: PLC0415 - it imports the whole system

    try:
        server, thread = start_http_server(
            port, settings.metrics_host, registry(MetricsCollector(RECORDER, now, GAUGES))
        )
    except OSError as error:
        where = f"GONGKAI_METRICS_HOST {settings.metrics_host}, GONGKAI_METRICS_PORT {port}"
        raise SettingsError(f"{where}: cannot listen there: {error.strerror}; choose another") from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
