"""``gongkai backup`` and ``gongkai restore``: copies what cannot be derived again to another store, and back."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, say
from ops.cli.progress_bar import Bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from ops.maintenance.backup import CopyResult

Address = Annotated[str, typer.Argument(help="A folder, or s3://host:port/bucket with the keys of the settings.")]


def backup(target: Address) -> int:
    """Copy new and changed objects of the inbox, and people's decisions, to another store."""
    from ops.maintenance.backup import backup as copy  # noqa: PLC0415  start-up

    return _run_copy("backup", copy, target)


def restore(
    source: Address,
    removed: Annotated[
        bool, typer.Option("--removed", help="Also bring back revoked keys and removed documents.")
    ] = False,
) -> int:
    """Copy what the inbox lacks back from a backup; then run `gongkai sweep`."""
    from ops.maintenance.backup import restore as copy  # noqa: PLC0415  start-up

    return _run_copy("restore", partial(copy, removed_too=removed), source)


def _run_copy(name: str, copy: "Callable[..., CopyResult]", address: str) -> int:
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up
    from workers.storage.open import open_store, store_url  # noqa: PLC0415  start-up

    settings = load()
    with open_system(settings) as system, Bar(name) as bar:
        found = copy(system, open_store(store_url(address), settings), advance=bar.advance)
    say(f"{found.objects:,} objects, {found.copied:,} of them copied ({found.bytes / 1e6:,.1f} MB)")
    if found.removed:
        say(f"{found.removed:,} of them were removed on purpose since and stay away; --removed brings them back, too")
    for line in found.refused:
        say(line)
    return FAILED if found.refused else FINE
