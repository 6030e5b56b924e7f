"""Measures the speed of normalising and extracting: ordinary documents, one long line, hostile text.

CPU time of one core, in bytes of UTF-8; converting is measured by ``ops.bench.conversion.measure``.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.blocks import Block, Converted
from schemas.errors import DocumentError
from workers.convert.registry import convert
from workers.convert.source import suffix_of
from workers.extract import extract
from workers.normalize import normalize

# Minimum megabytes per second of both stages together; hostile text must only end in time.
FLOOR = 1.0
HOSTILE_SECONDS = 15.0
_MEGABYTE = 1_000_000
_ROUNDS = 3
_HOSTILE = {
    "brackets": "(",
    "numbers 一、": "一、",
    "clauses": "第一条 ",
    "title marks": "《",
    "quotation marks": "“",
    "dates": "2011年1月13日",
    "document numbers": "国办发〔2017〕42号",
    "counts": "其中公开1条，",
    "injected pinyin": "當(dāng)",
}


@dataclass(frozen=True, slots=True)
class TextMeasurement:
    """One kind of text: its size, and CPU seconds of both stages for all of it."""

    kind: str
    documents: int
    size: int
    normalize_seconds: float
    extract_seconds: float
    hostile: bool = False

    @property
    def megabytes_a_second(self) -> float:
        """Return the speed of both stages together."""
        return self.size / _MEGABYTE / max(self.normalize_seconds + self.extract_seconds, 1e-9)

    @property
    def met(self) -> bool:
        """Whether the limit is met."""
        if self.hostile:
            return self.normalize_seconds + self.extract_seconds <= HOSTILE_SECONDS
        return self.megabytes_a_second >= FLOOR


def measure_text(files: Iterable[tuple[str, bytes]]) -> Iterator[TextMeasurement]:
    """Yield the figures: the files (name, content), their text in one line at two lengths, and hostile text.

    A line four times as long may take four times as long: the two lengths show whether it does.
    """
    ordinary = [converted for name, data in files if (converted := _convert(name, data)) is not None]
    if ordinary:
        yield _measure("documents", ordinary, rounds=_ROUNDS)
        text = "".join(block.text for converted in ordinary for block in converted.blocks)
        for size in (_MEGABYTE // 4, _MEGABYTE):
            yield _measure(f"one line of {size // 1000} KB", [_paper(_long(text, size))])
    for kind, piece in _HOSTILE.items():
        yield _measure(f"{kind}, one line", [_paper(_long(piece, _MEGABYTE))], hostile=True)
        lines = _MEGABYTE // 10 // len(piece.encode())
        yield _measure(f"{kind}, many lines", [_paper(*[piece] * lines)], hostile=True)


def _convert(name: str, data: bytes) -> Converted | None:
    with TemporaryDirectory(prefix="gongkai-bench-") as folder:
        path = Path(folder) / "object"
        path.write_bytes(data)
        try:
            return convert(path, hint=suffix_of(name), workdir=Path(folder))
        except DocumentError:
            return None


def _paper(*lines: str) -> Converted:
    return Converted("txt", tuple(map(Block, lines)))


def _long(text: str, size: int) -> str:
    data = text.encode() or b" "
    return (data * (size // len(data) + 1))[:size].decode("utf-8", "ignore")


def _measure(kind: str, documents: list[Converted], *, hostile: bool = False, rounds: int = 1) -> TextMeasurement:
    """Return the best of ``rounds``, so that other load on the machine counts little."""
    size = sum(len(block.text.encode()) for converted in documents for block in converted.blocks)
    best = min((_spent(documents) for _ in range(rounds)), key=sum)
    return TextMeasurement(kind, len(documents), size, round(best[0], 4), round(best[1], 4), hostile)


def _spent(documents: list[Converted]) -> tuple[float, float]:
    start = time.process_time()
    cleaned = [normalize(converted) for converted in documents]
    between = time.process_time()
    for one in cleaned:
        extract(one)
    return between - start, time.process_time() - between
