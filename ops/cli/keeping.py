"""``gongkai backup`` and ``gongkai restore``: what cannot be made again, to another store and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from ops.cli.command import FINE, say
from ops.cli.progress import Bar

if TYPE_CHECKING:
    from ops.backup import Copied

Address = Annotated[str, typer.Argument(help="A folder, or s3://host:port/bucket with the keys of the settings.")]


def backup(target: Address) -> int:
    """Copy the inbox and what people decided to another store; only what is new or changed."""
    from ops.backup import backup as copy  # noqa: PLC0415  start-up
    from ops.system import opened  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up
    from workers.storage.open import open_store  # noqa: PLC0415  start-up

    settings = load()
    with opened(settings) as system, Bar("backup") as bar:
        found = copy(system, open_store(_url(target), settings), advance=bar.advance)
    _say(found)
    return FINE


def restore(source: Address) -> int:
    """Put back what a backup holds and the inbox does not; then run `gongkai sweep`."""
    from ops.backup import restore as copy  # noqa: PLC0415  start-up
    from ops.system import opened  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up
    from workers.storage.open import open_store  # noqa: PLC0415  start-up

    settings = load()
    with opened(settings) as system, Bar("restore") as bar:
        found = copy(system, open_store(_url(source), settings), advance=bar.advance)
    _say(found)
    return FINE


def _url(address: str) -> str:
    return address if "://" in address else f"file://{quote(str(Path(address).absolute()))}"


def _say(found: "Copied") -> None:
    say(f"{found.objects:,} objects, {found.copied:,} of them copied ({found.bytes / 1e6:,.1f} MB)")
