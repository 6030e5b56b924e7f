"""Sends one span for each stage of a job to an OpenTelemetry collector; the only place that imports its packages.

A job's spans carry the job's trace, with the stage, the format and the document's identifier, but no name or text.
Without `GONGKAI_OTEL_ENDPOINT` nothing is imported; with it, the extra `otel` must be installed.
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
# An unreachable collector must not keep a process from ending.
ENDING_SECONDS = 2.0


@contextmanager
def export_spans(settings: Settings, *, exporter: Any = None) -> Iterator[Callable[[], object]]:
    """Export spans while the block runs, if the settings name an endpoint; yield a function that flushes them.

    A forked child exports its own spans, a batch every few seconds; it must flush before it ends.

    Args:
        settings: Name the endpoint.
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
    # The exporter ignores its own timeout (opentelemetry-python issue 4568).
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
        # All spans of a job or none: the sampler decides per job.
        if not provider.sampler.should_sample(None, number, instrument.WHOLE).decision.is_sampled():
            return
        # Only ended work is recorded here: a span started and ended by a tracer costs six times as much.
        # Documents of one upload share its trace; each has its own root span.
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
