"""The limits of one conversion. Imports no pydantic: a sandbox and a command that reads one file start in no time."""

from dataclasses import dataclass, field
from typing import Any


def _limit(default: float, *, le: float, description: str) -> Any:
    return field(default=default, metadata={"gt": 0, "le": le, "description": description})


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one conversion; the outcome names the limit it hit.

    The metadata of a field are its bounds and its description as a setting, see ``schemas.setting_rules``.
    """

    memory_bytes: int = _limit(
        1_500_000_000, le=1 << 44, description="address space of each process, and memory of all of them"
    )
    processes: int = _limit(128, le=100_000, description="processes and threads of one conversion at once")
    cpu_seconds: int = _limit(60, le=86_400, description="CPU time")
    wall_seconds: float = _limit(120.0, le=86_400, description="time from start to end; of scans, beside its pages")
    page_seconds: float = _limit(60.0, le=86_400, description="time to recognise one scanned page")
    scan_seconds: float = _limit(3000.0, le=604_800, description="time from start to end of the longest scan")
    written_bytes: int = _limit(500_000_000, le=1 << 44, description="largest file it may write, and all together")
    input_bytes: int = _limit(500_000_000, le=1 << 44, description="largest object it is given")
    text_characters: int = _limit(50_000_000, le=10_000_000_000, description="longest text it may return")
    nesting_depth: int = _limit(8, le=100, description="containers inside containers")
    child_count: int = _limit(10_000, le=10_000_000, description="files in one container, at all depths")
    expansion_ratio: int = _limit(200, le=1_000_000, description="unpacked size over packed size")
