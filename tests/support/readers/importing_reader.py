"""A reader that says which readers were imported before it was called, and then imports the one of the hint."""

import sys
from pathlib import Path

from schemas.blocks import Block, Converted
from schemas.limits import Limits
from workers.convert.registry import READERS, reader_of


def convert(
    path: Path, *, hint: str, workdir: Path, passwords: tuple[str, ...] = (), limits: Limits | None = None
) -> Converted:
    if hint != "txt":
        reader_of(hint)
    there = " ".join(
        sorted(format_ for format_, module in READERS.items() if module in sys.modules and format_ in ("txt", "html"))
    )
    return Converted(format=hint, blocks=(Block(text=there),))
