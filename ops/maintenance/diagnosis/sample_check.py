"""Runs the sample documents through a system and compares each outcome with the expected one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.maintenance.upload import outcomes, upload
from ops.system import System
from schemas.records import DocumentRecord

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = "expected.json"
PREFIX = "samples"
PATIENCE_SECONDS = 120.0

# Searched for at the end, so that a newcomer sees what an answer looks like.
QUESTION = "主动公开"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one sample; ``fault`` says how it differs from the expected one, None if it does not."""

    record: DocumentRecord
    fault: str | None


def samples() -> list[tuple[str, Path]]:
    """Return (key, path) of every sample document."""
    return [(path.name, path) for path in sorted(SAMPLES.iterdir()) if path.is_file() and path.name != EXPECTED]


def process_samples(system: System) -> Iterator[Outcome]:
    """Upload the samples and yield the outcome of each as it comes in.

    Raises:
        TimeoutError: Some have no outcome in time.
    """
    expected: dict[str, dict[str, Any]] = json.loads((SAMPLES / EXPECTED).read_text("utf-8"))
    uploaded = list(upload(system, samples(), prefix=PREFIX))
    for one, record in outcomes(system.context.index, uploaded, seconds=PATIENCE_SECONDS):
        name = one.key.removeprefix(f"{PREFIX}/")
        yield Outcome(record, _fault(record, expected.get(name, {"state": "indexed"})))


def _fault(record: DocumentRecord, expected: dict[str, Any]) -> str | None:
    found = {
        "state": record.state.value,
        "category": record.category.value if record.category else None,
        "title": record.articles[0].title if record.articles else None,
        "title_derived": record.articles[0].title_derived if record.articles else None,
        "articles": len(record.articles),
    }
    differing = [f"{name} is {found[name]}, not {value}" for name, value in expected.items() if found[name] != value]
    return "; ".join(differing) or None
