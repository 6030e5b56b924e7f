"""Every line of a job bears its trace; no line and no number holds text of a document or what is personal in it."""

import io
import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from ops.monitoring.gauges import GAUGES, gauges
from ops.monitoring.logs import MAX_MESSAGE_LENGTH, configure, describe_error, mask
from ops.monitoring.prometheus import MetricsCollector, registry, render
from ops.monitoring.snapshot import take_snapshot
from ops.monitoring.tracing import export_spans
from ops.processes.embedded import run_embedded
from ops.system import System
from schemas.errors import DependencyError, SettingsError
from schemas.records import document_id
from workers.pipeline.context import Context
from workers.pipeline.step import Step
from workers.settings import Settings, load
from workers.telemetry import instrument
from workers.telemetry.log_context import working_on
from workers.telemetry.recorder import RECORDER

PERSONAL = {
    "姓名": "欧阳慕容雪",
    "身份证": "11010519491231002X",
    "手机": "13812345678",
    "银行卡": "6222021234567890128",
    "分组": "6222 0212 3456 7890 128",
    "邮箱": "murong.xue@example.cn",
    "住址": "槐荫路七十三号二单元",
    "病情": "确诊急性阑尾炎",
}
TEXT = "关于救助对象的公示\n\n一、名单\n" + "\n".join(f"{name}:{value}。" for name, value in PERSONAL.items())


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged while the test runs, at every level."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    configure(load({"GONGKAI_LOG_FORMAT": "json", "GONGKAI_LOG_LEVEL": "DEBUG"}), stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)


def settings_in(folder: Path, **variables: str) -> Settings:
    return load({"GONGKAI_DATA_DIR": str(folder), "GONGKAI_HOLD": "none", **variables})


def process(system: System, *keys: str) -> None:
    for key in keys:
        system.context.inbox.write(key, (TEXT + key).encode())
    system.sweep()
    deadline = time.monotonic() + 120
    while not all(system.context.index.record(document_id(key)) for key in keys) or not system.idle():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_document_full_of_personal_data_leaves_none_in_logs_and_numbers(tmp_path: Path, lines: io.StringIO) -> None:
    with run_embedded(settings_in(tmp_path)) as system:
        process(system, "公示.txt")
        assert system.context.index.search  # it is in the index, and there alone
        numbers = render(registry(MetricsCollector(RECORDER, lambda: gauges(system), GAUGES)), "")[0].decode()
        shown = str(take_snapshot(system))
    for private in PERSONAL.values():
        assert private not in lines.getvalue()
        assert private not in numbers
        assert private not in shown


def test_a_stage_that_dies_quoting_the_document_is_logged_without_the_quotation(
    tmp_path: Path, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(step: Step, context: Context) -> Step:
        raise ValueError(f"cannot read {TEXT!r}")

    from dataclasses import replace  # noqa: PLC0415

    from workers.pipeline.stages import STAGES  # noqa: PLC0415

    monkeypatch.setitem(STAGES, "normalize", replace(STAGES["normalize"], run=die))
    with run_embedded(settings_in(tmp_path)) as system:
        process(system, "公示.txt")
    crashed = [line for line in parsed(lines) if "crashed" in line["message"]]
    assert crashed[0]["error"].startswith("ValueError at test_logs.py:")
    for private in PERSONAL.values():
        assert private not in lines.getvalue()


def parsed(stream: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_line_of_a_job_bears_its_trace_from_the_queue_to_the_outcome(tmp_path: Path, lines: io.StringIO) -> None:
    keys = [f"{n}.txt" for n in range(5)]
    with run_embedded(settings_in(tmp_path)) as system:
        process(system, *keys)
    owners: dict[str, set[str]] = {}
    for line in parsed(lines):
        if "trace" in line:
            owners.setdefault(line["trace"], set()).add(line["document"])
    assert all(len(documents) == 1 for documents in owners.values())
    for key in keys:
        mine = [line for line in parsed(lines) if line.get("document") == document_id(key)]
        queued = [line["trace"] for line in mine if line["message"] == "queued"]
        (ended,) = (line["trace"] for line in mine if line["message"].startswith("indexed: "))
        assert ended in queued


def test_lines_for_people_name_level_message_and_trace() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        configure(load({"GONGKAI_LOG_FORMAT": "human"}), stream=stream)
        with working_on("0123456789abcdef", "d"):
            logging.getLogger("workers").warning("waiting for %s", "index http://elastic:secret@server:9200")
        logging.getLogger("workers").debug("not at this level")
        logging.getLogger("urllib3").info("nor this")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(False)
    (line,) = stream.getvalue().splitlines()
    assert line[8:] == " warning waiting for index http://***@server:9200 [0123456789abcdef]"


def test_a_machine_reads_json_and_a_terminal_lines() -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        for terminal, starts in ((True, False), (False, True)):
            stream = io.StringIO()
            stream.isatty = lambda terminal=terminal: terminal  # type: ignore[method-assign, misc]
            configure(load({}), stream=stream)
            logging.getLogger("workers").warning("text")
            assert stream.getvalue().startswith("{") is starts
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(False)


@pytest.mark.parametrize(
    "private", [value for name, value in PERSONAL.items() if name in {"身份证", "手机", "银行卡", "分组", "邮箱"}]
)
def test_personal_numbers_and_addresses_are_masked_wherever_they_stand(private: str) -> None:
    assert private not in mask(f"上传/{private}.pdf changed while it was fetched ({private})")


@pytest.mark.parametrize(
    "text",
    [
        "redis://:s3cret-pass@redis:6379/0 does not answer",
        "https://elastic:s3cret-pass@es:9200",
        "Authorization: Bearer s3cret-pass",
        "password=s3cret-pass, user=elastic",
        'token: "s3cret-pass"',
        "X-Api-Key: s3cret-pass",
    ],
)
def test_credentials_are_masked(text: str) -> None:
    assert "s3cret" not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "artefact 3f2a11112222333344445555/normalize-2 is damaged",
        "2,000,000,000 bytes, more than the 500,000,000 of GONGKAI_LIMIT_INPUT_BYTES",
        "国办发〔2017〕42号 changed while it was fetched",
        "seconds 1795316709.115792",
        "waiting for broker: Redis does not answer: Error 111 connecting to 127.0.0.1:6379",
    ],
)
def test_what_is_nobodys_number_stays(text: str) -> None:
    assert mask(text) == text


def test_a_message_can_forge_no_line_and_is_bounded() -> None:
    assert "\n" not in mask('a\n{"level": "critical"}\r\x1b[2J')
    assert len(mask("长" * 10_000_000)) == MAX_MESSAGE_LENGTH
    for hostile in ("1 " * 2_000_000, "@" * 2_000_000, "a.b@" * 500_000, "token" * 400_000, "://:" * 500_000):
        assert len(mask(hostile)) <= MAX_MESSAGE_LENGTH + 100


def test_of_our_own_errors_the_message_is_told_too() -> None:
    with pytest.raises(DependencyError) as caught:
        raise DependencyError("broker", "does not answer")
    assert describe_error(caught.value).startswith("DependencyError: broker: does not answer at test_logs.py:")


def test_threads_do_not_take_each_others_trace() -> None:
    found: dict[str, set[str]] = {}

    def work(trace: str) -> None:
        from workers.telemetry.log_context import WORK  # noqa: PLC0415

        with working_on(trace, trace):
            for _ in range(100):
                current = WORK.get()
                found.setdefault(trace, set()).add(current.trace if current else "")

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {str(n): {str(n)} for n in range(8)}


def test_spans_of_a_job_share_its_trace_and_bear_no_name(tmp_path: Path, lines: io.StringIO) -> None:
    exporter = InMemorySpanExporter()
    settings = settings_in(tmp_path)
    with export_spans(settings, exporter=exporter), run_embedded(settings) as system:
        process(system, "欧阳慕容雪.txt")
    spans = exporter.get_finished_spans()
    assert {span.name for span in spans} == {"convert", "normalize", "extract", "index", "document"}
    traces = {line["trace"] for line in parsed(lines) if line.get("message", "").startswith("indexed: ")}
    assert {f"{span.context.trace_id:016x}" for span in spans if span.context} == traces
    (root,) = (span for span in spans if span.name == "document")
    assert root.parent is None
    assert root.context is not None
    assert {span.parent.span_id for span in spans if span.parent} == {root.context.span_id}
    assert all("欧阳" not in str(span.to_json()) for span in spans)


def test_documents_of_one_upload_share_its_trace_and_each_has_a_root_of_its_own(tmp_path: Path) -> None:
    exporter, trace = InMemorySpanExporter(), "4bf92f3577b34da6" * 2
    with export_spans(settings_in(tmp_path), exporter=exporter):
        for key in ("a", "b"):
            with working_on(trace, document_id(key)):
                for name in ("convert", instrument.WHOLE):
                    instrument.LISTENERS[-1](name, 0.1, {})
    spans = [span for span in exporter.get_finished_spans() if span.context]
    assert {span.context.trace_id for span in spans if span.context} == {int(trace, 16)}
    roots = {span.context.span_id for span in spans if span.context and span.parent is None}
    assert len(roots) == 2
    assert {span.parent.span_id for span in spans if span.parent} == roots


def test_the_sampler_decides_about_the_spans_of_a_job_together(
    tmp_path: Path, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "0.5")
    exporter = InMemorySpanExporter()
    settings = settings_in(tmp_path)
    with export_spans(settings, exporter=exporter), run_embedded(settings) as system:
        process(system, *(f"{n}.txt" for n in range(20)))
    spans = Counter(span.context.trace_id for span in exporter.get_finished_spans() if span.context)
    assert 0 < len(spans) < 20
    assert set(spans.values()) == {5}


def test_an_endpoint_without_the_extra_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with (
        pytest.raises(SettingsError, match=r"gongkai\[otel\]"),
        export_spans(load({"GONGKAI_OTEL_ENDPOINT": "http://x/v1/traces"})),
    ):
        pass
