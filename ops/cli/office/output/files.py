"""A file that a command writes as a whole, or not at all."""

from collections.abc import Iterable
from pathlib import Path

import typer


def write_chunks(out: Path, chunks: Iterable[bytes]) -> None:
    """Write a file beside its name, then give it the name.

    Raises:
        typer.BadParameter: It cannot be written.
    """
    unfinished = out.with_name(out.name + ".part")
    try:
        with unfinished.open("wb") as stream:
            stream.writelines(chunks)
        unfinished.replace(out)
    except OSError as error:
        raise typer.BadParameter(f"cannot write {unfinished}: {error.strerror}", param_hint="--out") from error


def suffix_of(out: Path, allowed: Iterable[str]) -> str:
    """Return how the name of a file ends, without the dot.

    Raises:
        typer.BadParameter: It is none of these.
    """
    suffix, known = out.suffix.lower().removeprefix("."), list(allowed)
    if suffix not in known:
        raise typer.BadParameter(f"{out}: is written as .{', .'.join(known)}", param_hint="--out")
    return suffix
