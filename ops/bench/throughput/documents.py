"""Documents for a benchmark: from a given folder, or generated from the shipped samples.

Each generated document is a sample with a unique mark, so that none is converted from a cache.
"""

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
SEED = 20261121
# Share of each format in a hundred documents, and the sample it is made from.
MIX: dict[str, tuple[int, str]] = {
    "docx": (25, "政务公开工作要点_自动编号.docx"),
    "pdf": (20, "政务公开工作要点.pdf"),
    "doc": (15, "政务公开工作要点_自动编号.doc"),
    "html": (18, "湛江开发区2014年政务公开自查报告.html"),
    "txt": (22, "牡丹江市残联2010年政务公开工作总结.txt"),
}


def from_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (key, content) of every file below a folder."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def make_documents(count: int, *, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """Yield (key, content) of ``count`` documents in the fixed mix; the same seed makes the same documents."""
    source = random.Random(seed)
    formats, shares = list(MIX), [share for share, _ in MIX.values()]
    samples = {format_: (SAMPLES / name).read_bytes() for format_, (_, name) in MIX.items()}
    for n in range(count):
        format_ = source.choices(formats, shares)[0]
        yield f"{n:07d}.{format_}", MARKERS[format_](samples[format_], f"第{n}号测试文件{source.getrandbits(48):x}")


def _docx(sample: bytes, mark: str) -> bytes:
    import docx  # noqa: PLC0415 - only benchmarks write documents

    document = docx.Document(io.BytesIO(sample))
    document.add_paragraph(mark)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _after(form: str) -> Callable[[bytes, str], bytes]:
    return lambda sample, mark: sample + form.format(mark).encode()


MARKERS: dict[str, Callable[[bytes, str], bytes]] = {
    "docx": _docx,
    "pdf": _after("\n% {}\n"),
    # Bytes after the last sector of a compound file belong to no stream; a whole sector keeps the size a multiple.
    "doc": lambda sample, mark: sample + mark.encode().ljust(512, b"\0"),
    "html": _after("<p>{}</p>"),
    "txt": _after("\n{}\n"),
}
