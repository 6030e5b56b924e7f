"""Measures the sweep's comparison on generated, streamed listings: a million objects against a million records."""

import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.outcomes import State
from schemas.records import RecordKey
from workers.pipeline.versions import VERSIONS
from workers.reconcile.sweep import differences
from workers.storage.protocol import ObjectInfo

DIFFERENT_EVERY = 10_000
MAX_SECONDS, MAX_MEGABYTES = 180.0, 200.0


@dataclass(frozen=True, slots=True)
class SweepFigures:
    """The cost of one comparison.

    Attributes:
        objects: Number of objects listed; the same number of records, less the missing ones.
        differences: Differences found, by reason.
        seconds: From first to last.
        cpu_seconds: CPU seconds of this process.
        objects_per_second: Over those seconds.
        peak_megabytes: Largest resident memory of this process, interpreter and modules included.
    """

    objects: int
    differences: dict[str, int]
    seconds: float
    cpu_seconds: float
    objects_per_second: float
    peak_megabytes: float

    @property
    def met(self) -> bool:
        """Whether time and memory for a million stay within the limits."""
        return self.seconds * 1e6 / self.objects < MAX_SECONDS and self.peak_megabytes < MAX_MEGABYTES


def measure_sweep(count: int) -> SweepFigures:
    """Compare ``count`` generated objects with their records; one in ten thousand is missing, changed, or gone."""
    started, cpu = time.perf_counter(), time.process_time()
    found = Counter(reason for _, reason in differences(_objects(count), _records(count), VERSIONS))
    seconds = time.perf_counter() - started
    return SweepFigures(
        count,
        {str(reason): number for reason, number in found.items()},
        round(seconds, 2),
        round(time.process_time() - cpu, 2),
        round(count / seconds),
        round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1),
    )


def _key(n: int) -> str:
    return f"省政府办公厅/公开文件/{n // 1000:06d}/关于政务公开工作的通知_{n:09d}.docx"


def _objects(count: int) -> Iterator[ObjectInfo]:
    for n in range(count):
        if n % DIFFERENT_EVERY != 2:
            yield ObjectInfo(_key(n), f"{n:032x}", 30_000, 1.7e9)


def _records(count: int) -> Iterator[RecordKey]:
    for n in range(count):
        if n % DIFFERENT_EVERY != 0:
            etag = f"{n + (n % DIFFERENT_EVERY == 1):032x}"
            yield RecordKey(_key(n), etag, State.INDEXED, dict(VERSIONS))
