"""How tests read a Word file, and the samples they share."""

from importlib import import_module
from pathlib import Path

from schemas.blocks import Block, Converted
from workers.convert.registry import READERS
from workers.convert.source import Source

SAMPLES = Path(__file__).parent.parent / "samples" / "word"


def read(path: Path, format_: str | None = None, *, passwords: tuple[str, ...] = ()) -> Converted:
    """Read a file with the reader of its suffix (or of another format)."""
    format_ = format_ or path.suffix[1:]
    found = import_module(READERS[format_]).read(
        Source(path=path, format=format_, hint=path.suffix[1:], workdir=path.parent, passwords=passwords)
    )
    assert isinstance(found, Converted)
    return found


def body(converted: Converted) -> list[str]:
    """Return the text of the body's blocks."""
    return [block.text for block in converted.blocks if block.role == "body"]


def of_role(converted: Converted, role: str) -> list[str]:
    """Return the text of the blocks of a role."""
    return [block.text for block in converted.blocks if block.role == role]


def tables(converted: Converted) -> list[Block]:
    """Return the tables."""
    return [block for block in converted.blocks if block.kind == "table"]


def squeezed(text: str) -> str:
    """Return text without white space."""
    return "".join(text.split())
