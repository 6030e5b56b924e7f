"""``gongkai backup`` and ``gongkai restore``: what cannot be made again, to another store and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from ops.cli.command import FAILED, FINE, say
from ops.cli.progress import Bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from ops.backup import Copied

Address = Annotated[str, typer.Argument(help="A folder, or s3://host:port/bucket with the keys of the settings.")]


def backup(target: Address) -> int:
    """Copy the inbox and what people decided to another store; only what is new or changed."""
    from ops.backup import backup as copy  # noqa: PLC0415  start-up

    return _done("backup", copy, target)


def restore(source: Address) -> int:
    """Put back what a backup holds and the inbox does not; then run `gongkai sweep`."""
    from ops.backup import restore as copy  # noqa: PLC0415  start-up

    return _done("restore", copy, source)


def _done(name: str, copy: "Callable[..., Copied]", address: str) -> int:
    from ops.system import opened  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up
    from workers.storage.open import open_store  # noqa: PLC0415  start-up

    settings = load()
    url = address if "://" in address else f"file://{quote(str(Path(address).absolute()))}"
    with opened(settings) as system, Bar(name) as bar:
        found = copy(system, open_store(url, settings), advance=bar.advance)
    say(f"{found.objects:,} objects, {found.copied:,} of them copied ({found.bytes / 1e6:,.1f} MB)")
    for line in found.refused:
        say(line)
    return FAILED if found.refused else FINE
