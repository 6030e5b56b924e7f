"""``gongkai hold``: hides a document from search at once."""

from typing import Annotated

import typer

from ops.cli.output import FINE, say


def hold(key: Annotated[str, typer.Argument(help="Object key, as `gongkai search` prints it.")]) -> int:
    """Hide every version of a document, and all documents inside it, at once, until it is released."""
    from ops.maintenance.decisions.release import hold as take_down  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system:
        record = take_down(system, key)
    say(f"held: {key}, version {record.etag}; `gongkai release` lets it be found again")
    return FINE
