"""Uploads documents to a running stack and measures throughput, latency, CPU and memory."""

import time
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ops.bench.percentiles import p50_p95
from ops.bench.throughput.documents import SEED, make_documents
from ops.bench.throughput.process_usage import watch_processes
from ops.bench.throughput.stack import Stack
from ops.maintenance.upload import UploadedObject, outcomes, upload
from schemas.queries import Query
from schemas.records import DocumentRecord

QUIET_SECONDS = 120.0
PROBES = 20
WARM_UP = 200
PROBE = "关于{0}的通知\n\n一、总体要求\n为做好{0}工作,现就有关事项通知如下。\n"


@dataclass(frozen=True, slots=True)
class Figures:
    """The results of a benchmark.

    Attributes:
        documents: Number of documents uploaded.
        states: Outcomes by state.
        seconds: From the first upload to the last outcome.
        documents_per_second: Over those seconds.
        upload_seconds: Spent uploading; the stages run meanwhile.
        cpu_milliseconds: Per document, by stage.
        process_milliseconds: CPU per document, by role of the processes; servers of the stack included.
        loaded_seconds: p50 and p95 of upload to outcome while everything is uploaded at once.
        idle_seconds: p50 and p95 of upload to searchable, one document at a time.
        peak_megabytes: Peak resident memory of the largest process of each role.
    """

    documents: int
    states: dict[str, int]
    seconds: float
    documents_per_second: float
    upload_seconds: float
    cpu_milliseconds: dict[str, float]
    process_milliseconds: dict[str, float]
    loaded_seconds: dict[str, float]
    idle_seconds: dict[str, float]
    peak_megabytes: dict[str, float]


def measure(stack: Stack, documents: Iterable[tuple[str, bytes]], *, warm_up: int = WARM_UP) -> Figures:
    """Run the whole benchmark on a running stack.

    Args:
        stack: The stack to measure.
        documents: (key, content) of each document.
        warm_up: Number of generated documents to process before, uncounted: servers compile hot code while they work.
    """
    with TemporaryDirectory(prefix="gongkai-bench-files-") as folder:
        files = write_documents(documents, Path(folder) / "counted")
        first = write_documents(make_documents(warm_up, seed=SEED + 1), Path(folder) / "uncounted")
        sent = list(upload(stack.system, first, prefix="bench-warm-up"))
        list(outcomes(stack.system.context.index, sent, seconds=QUIET_SECONDS))
        with watch_processes(stack.processes) as usage:
            started = time.time()
            sent = list(upload(stack.system, files, prefix="bench"))
            uploaded = time.time()
            done = list(outcomes(stack.system.context.index, sent, seconds=QUIET_SECONDS))
            seconds = max(record.indexed_at for _, record in done) - started
            spent = usage.cpu_seconds
            idle = [_probe(stack, n) for n in range(PROBES)]
    return Figures(
        documents=len(files),
        states=dict(Counter(record.state.value for _, record in done)),
        seconds=round(seconds, 3),
        documents_per_second=round(len(files) / seconds, 1),
        upload_seconds=round(uploaded - started, 3),
        cpu_milliseconds=_cpu([record for _, record in done]),
        process_milliseconds={role: round(1000 * seconds / len(files), 2) for role, seconds in sorted(spent.items())},
        loaded_seconds=_percentiles([_latency(one, record) for one, record in done]),
        idle_seconds=_percentiles(idle),
        peak_megabytes={role: round(size / 1e6, 1) for role, size in sorted(usage.peaks.items())},
    )


def write_documents(documents: Iterable[tuple[str, bytes]], folder: Path) -> list[tuple[str, Path]]:
    """Write documents into a new folder, as `upload` takes them."""
    folder.mkdir()
    files = []
    for n, (key, content) in enumerate(documents):
        path = folder / str(n)
        path.write_bytes(content)
        files.append((key, path))
    return files


def _latency(one: UploadedObject, record: DocumentRecord) -> float:
    return max(0.0, record.indexed_at - one.at)


def _probe(stack: Stack, n: int) -> float:
    word = uuid.uuid4().hex
    started = time.monotonic()
    with TemporaryDirectory(prefix="gongkai-bench-probe-") as folder:
        path = Path(folder) / "probe.txt"
        path.write_text(PROBE.format(word), "utf-8")
        list(upload(stack.system, [(f"{n}.txt", path)], prefix="bench-probe"))
    while not stack.system.context.index.search(Query(f'"{word}"')).hits:
        if time.monotonic() - started > QUIET_SECONDS:
            raise TimeoutError(f"a single document was not searchable after {QUIET_SECONDS:.0f} s")
        time.sleep(0.01)
    return time.monotonic() - started


def _cpu(records: list[DocumentRecord]) -> dict[str, float]:
    totals: Counter[str] = Counter()
    for record in records:
        totals.update(record.cpu)
    return {stage: round(1000 * seconds / len(records), 2) for stage, seconds in totals.items()}


def _percentiles(values: list[float]) -> dict[str, float]:
    p50, p95 = p50_p95(values)
    return {"p50": round(p50, 3), "p95": round(p95, 3)}
