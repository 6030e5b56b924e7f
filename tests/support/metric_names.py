"""Which numbers an expression for Prometheus reads that no process shows."""

import re
from pathlib import Path

import yaml

from ops.monitoring.gauges import GAUGES
from ops.monitoring.prometheus import PREFIX
from workers.telemetry.definitions import FAMILIES

ROOT = Path(__file__).parents[2]
RULES = ROOT / "ops/deploy/prometheus"
NAME = re.compile(r"\b(?:gongkai[_:]\w[\w:]*|minio_\w+|process_\w+)\b")
# Of MinIO and of every process; not counted by us.
OTHERS = {"minio_notify_target_queue_length", "process_resident_memory_bytes"}
SUFFIXES = {"counter": ("",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
SHOWN = {
    f"{PREFIX}{name}{suffix}" for name, family in {**FAMILIES, **GAUGES}.items() for suffix in SUFFIXES[family.kind]
} | OTHERS


def rules(file: str) -> list[dict[str, str]]:
    """Return the rules of a file of ``RULES``."""
    groups = yaml.safe_load((RULES / file).read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


RECORDED = {rule["record"]: rule["expr"] for rule in rules("recording.yml")}


def unknown(expression: str) -> set[str]:
    """Return the names an expression reads that nothing shows or records."""
    found = set(NAME.findall(re.sub(r'"[^"]*"', '""', expression)))
    return found - SHOWN - set(RECORDED)
