"""``gongkai purge``: removes every trace of a deleted document."""

from typing import Annotated

import typer

from ops.cli.output import FAILED, FINE, say


def purge(
    key: Annotated[str, typer.Argument(help="Object key; remove the object from the inbox first.")],
    backup: Annotated[
        list[str] | None, typer.Option(help="Also remove it from this backup (address as for `gongkai backup`).")
    ] = None,
) -> int:
    """Remove every trace of a deleted document, then verify; exit code 1 if any trace is left."""
    from ops.maintenance.removal.purge import purge as take_out  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up
    from workers.storage.open import open_store, store_url  # noqa: PLC0415  start-up

    settings = load()
    with open_system(settings) as system:
        stores = [open_store(store_url(address), settings) for address in backup or ()]
        done = take_out(system, key, backups=stores)
    for trace in done.left:
        typer.echo(f"{trace.place}: {trace.what}")
    looked = f"looked for {done.phrases} stretches of its text" if done.phrases else "its text was gone before"
    found = f"still found in {len(done.left)} places" if done.left else "found nowhere"
    say(f"purged: {key}, {done.documents} documents, {done.artefacts} artefacts; {looked}: {found}")
    return FAILED if done.left else FINE
