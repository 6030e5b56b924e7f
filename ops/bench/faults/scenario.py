"""The planned history of an inbox: documents, some overwritten, deleted or hostile, and containers."""

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ops.bench.throughput.documents import SAMPLES, make_documents

CONTAINER_EVERY = 100

Kind = Literal["fine", "hostile"]


@dataclass(frozen=True, slots=True)
class Write:
    """One change of the inbox: writes an object, or removes it if ``content`` is None.

    Attributes:
        key: Of the object.
        content: None for a removal.
        kind: Whether it must be readable in the end.
        mark: Unique word in its text, if it has text.
    """

    key: str
    content: bytes | None
    kind: Kind = "fine"
    mark: str = ""


def happenings(seed: int, documents: int) -> list[Write]:
    """Return all changes of the inbox, in order; deterministic by seed.

    1.5 % of the documents are overwritten and as many deleted (30 each of 2,000); another 1 % are hostile.
    """
    source = random.Random(seed)
    first = [_write(key, content) for key, content in make_documents(documents, seed=seed)]
    some = source.sample(first, 2 * max(1, documents * 3 // 200))
    overwritten, deleted = some[: len(some) // 2], some[len(some) // 2 :]
    second = dict(make_documents(documents, seed=seed + 1_000_003))
    queue: list[tuple[float, Write]] = [(n / documents, one) for n, one in enumerate(first)]
    places = {one.key: at for at, one in queue}
    for one in overwritten:
        # The seeds of both versions choose formats, so find the key of the second by its number.
        number = one.key.partition("/")[2].partition(".")[0]
        content = next(data for key, data in second.items() if key.startswith(f"{number}."))
        suffix = next(key for key in second if key.startswith(f"{number}.")).rpartition(".")[2]
        if suffix != one.key.rpartition(".")[2]:
            content = (one.content or b"") + b"\n"  # another version of the same format
        queue.append((source.uniform(places[one.key], 1.2), _again(one.key, content, suffix)))
    queue += [(source.uniform(places[one.key], 1.2), Write(one.key, None)) for one in deleted]
    count = max(1, documents // 100)
    queue += [(source.random(), one) for one in _hostile(source, count)]
    queue += [(source.random(), one) for one in _containers(source, max(1, documents // CONTAINER_EVERY))]
    return [one for _, one in sorted(queue, key=lambda pair: pair[0])]


def _write(name: str, content: bytes) -> Write:
    folder = f"机关{int(name[:7]) % 7}"
    return _again(f"{folder}/{name}", content, name.rpartition(".")[2])


def _again(key: str, content: bytes, suffix: str) -> Write:
    mark = ""
    if suffix == "txt" and key.endswith(suffix):  # in the other formats the mark is outside the text
        mark = content.decode("utf-8", "replace").rpartition("第")[2].strip()
    return Write(key, content, "fine", mark)


def _hostile(source: random.Random, count: int) -> Iterator[Write]:
    makers = [
        ("空.txt", b""),
        ("零.docx", b"\0" * 5000),
        ("截.docx", (SAMPLES / "传输中断的报告.docx").read_bytes()),
        ("密.pdf", (SAMPLES / "加密的报告.pdf").read_bytes()),
        ("假.pdf", b"%PDF-1.7\n" + source.randbytes(20_000)),
        ("假.doc", bytes.fromhex("d0cf11e0a1b11ae1") + source.randbytes(20_000)),
        ("深.html", b"<div>" * 100_000),
        ("长.txt", "公开".encode() * 200_000),
        ("炸.zip", _zip({"a.txt": b"\0" * 30_000_000})),
        ("越.zip", _zip({"../../../tmp/x.txt": b"text"})),
    ]
    for n in range(count):
        name, content = makers[n % len(makers)]
        yield Write(f"敌意/{n:04d}{name}", content, "hostile")


def _containers(source: random.Random, count: int) -> Iterator[Write]:
    for n in range(count):
        inside = {
            f"{name}.txt": f"关于公开的通知\n\n一、公开\n第{source.getrandbits(64):x}号。\n".encode()
            for name in "甲乙丙"
        }
        yield Write(f"容器/{n:04d}.zip", _zip(inside))


def _zip(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
