"""Sends one span for each stage of a job to an OpenTelemetry collector; the only place that imports its packages.

The trace of a job is the trace of its spans. Spans bear the stage, the format and the document's identifier, no name
and no text. Without `GONGKAI_OTEL_ENDPOINT` nothing is imported; with it, the extra `otel` has to be installed.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from schemas.errors import SettingsError
from workers.settings import Settings
from workers.telemetry import instrument
from workers.telemetry.log_context import WORK

SERVICE = "gongkai"
# A collector that is away must not keep a process from ending.
ENDING_SECONDS = 2.0


@contextmanager
def export_spans(settings: Settings, *, exporter: Any = None) -> Iterator[Callable[[], object]]:
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
        provider, processor = _provider(settings, exporter)
    except ImportError as error:
        raise SettingsError(f"GONGKAI_OTEL_ENDPOINT needs the extra: pip install 'gongkai[otel]' ({error})") from error
    listener = _listener(provider, processor)
    instrument.LISTENERS.append(listener)
    try:
        yield lambda: _send_waiting(processor)
    finally:
        instrument.LISTENERS.remove(listener)
        provider.shutdown()


def _send_waiting(processor: Any) -> None:
    # Its own timeout is not looked at yet (opentelemetry-python issue 4568).
    thread = threading.Thread(target=processor.force_flush, name="spans", daemon=True)
    thread.start()
    thread.join(ENDING_SECONDS)


def _provider(settings: Settings, exporter: Any) -> tuple[Any, Any]:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    if exporter:
        processor: Any = SimpleSpanProcessor(exporter)
    else:
        processor = BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.otel_endpoint))
    provider.add_span_processor(processor)
    return provider, processor


def _listener(provider: Any, processor: Any) -> instrument.Listener:
    from opentelemetry import trace  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope  # noqa: PLC0415

    flags, scope = trace.TraceFlags(trace.TraceFlags.SAMPLED), InstrumentationScope(SERVICE)

    def listen(name: str, seconds: float, attributes: dict[str, str]) -> None:
        work = WORK.get()
        if work is None:
            return
        end, number = time.time_ns(), int(work.trace, 16)
        # All spans of a job or none: the sampler is asked about the job.
        if not provider.sampler.should_sample(None, number, instrument.WHOLE).decision.is_sampled():
            return
        # What is told here has ended. A span that a tracer starts and ends costs six times as much.
        # Documents of one upload share its trace; each has a root of its own.
        span_id = (number ^ int(work.document[:16], 16)) & (2**64 - 1) or 1
        root = trace.SpanContext(number, span_id, is_remote=True, trace_flags=flags)
        own = trace.SpanContext(number, random.getrandbits(64) or 1, is_remote=False, trace_flags=flags)
        span = ReadableSpan(
            name,
            context=root if name == instrument.WHOLE else own,
            parent=None if name == instrument.WHOLE else root,
            resource=provider.resource,
            attributes={**attributes, "document": work.document},
            start_time=end - int(seconds * 1e9),
            end_time=end,
            instrumentation_scope=scope,
        )
        processor.on_end(span)

    return listen
