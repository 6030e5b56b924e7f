"""Sends one span for each stage of a job to an OpenTelemetry collector; the only place that imports its packages.

The trace of a job is the trace of its spans. Spans bear the stage, the format and the document's identifier, no name
and no text. Without `GONGKAI_OTEL_ENDPOINT` nothing is imported; with it, the extra `otel` has to be installed.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from schemas.errors import SettingsError
from workers.metrics import hooks
from workers.settings import Settings
from workers.trace import WORK

_ROOT: ContextVar[bool] = ContextVar("root", default=False)
SERVICE = "gongkai"
# A collector that is away must not keep a process from ending.
ENDING_SECONDS = 2.0


@contextmanager
def traced(settings: Settings, *, exporter: Any = None) -> Iterator[Callable[[], object]]:
    """Send spans while the block runs, where the settings name an endpoint; give what sends those that still wait.

    A forked child sends its own, a batch every few seconds; before it ends it has to send those that wait.

    Args:
        settings: Where to.
        exporter: Instead of the one for the endpoint.

    Raises:
        SettingsError: The extra is not installed.
    """
    if not (settings.otel_endpoint or exporter):
        yield lambda: None
        return
    try:
        provider = _provider(settings, exporter)
    except ImportError as error:
        raise SettingsError(f"GONGKAI_OTEL_ENDPOINT needs the extra: pip install 'gongkai[otel]' ({error})") from error
    listener = _listener(provider)
    hooks.LISTENERS.append(listener)
    try:
        yield lambda: _send_waiting(provider)
    finally:
        hooks.LISTENERS.remove(listener)
        provider.shutdown()


def _send_waiting(provider: Any) -> None:
    # Its own timeout is not looked at yet (opentelemetry-python issue 4568).
    thread = threading.Thread(target=provider.force_flush, name="spans", daemon=True)
    thread.start()
    thread.join(ENDING_SECONDS)


def _provider(settings: Settings, exporter: Any) -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator  # noqa: PLC0415

    class Ids(RandomIdGenerator):
        """The trace of the job; its root span has the same number."""

        def generate_span_id(self) -> int:
            return _number() if _ROOT.get() else super().generate_span_id()

        def generate_trace_id(self) -> int:
            return _number() or super().generate_trace_id()

    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}), id_generator=Ids())
    if exporter:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    else:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.otel_endpoint)))
    return provider


def _number() -> int:
    work = WORK.get()
    return int(work.trace, 16) if work else 0


def _listener(provider: Any) -> hooks.Listener:
    from opentelemetry import trace  # noqa: PLC0415 - an extra
    from opentelemetry.context import Context  # noqa: PLC0415

    tracer = provider.get_tracer(SERVICE)

    def listen(name: str, seconds: float, attributes: dict[str, str]) -> None:
        work = WORK.get()
        if work is None:
            return
        root = name == hooks.WHOLE
        number, end = _number(), time.time_ns()
        flags = trace.TraceFlags(trace.TraceFlags.SAMPLED)
        parent = trace.NonRecordingSpan(trace.SpanContext(number, number, is_remote=True, trace_flags=flags))
        context = Context() if root else trace.set_span_in_context(parent, Context())
        token = _ROOT.set(root)
        try:
            begun = end - int(seconds * 1e9)
            known = {**attributes, "document": work.document}
            tracer.start_span(name, context=context, start_time=begun, attributes=known).end(end)
        finally:
            _ROOT.reset(token)

    return listen
