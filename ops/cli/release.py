"""``gongkai release``: a held document may be found from now on."""

from typing import Annotated

import typer

from ops.cli.output import FINE, say


def release(key: Annotated[str, typer.Argument(help="Object key, as `gongkai status` prints it.")]) -> int:
    """Let a held document be found, in the version that is in the inbox now; an overwritten one is judged anew."""
    from ops.maintenance.release import release as let_go  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    with open_system(settings) as system:
        record = let_go(system, key)
    for problem in record.problems:
        typer.echo(problem.message)
    when = f"at its next sweep (every {settings.sweep_seconds:.0f} s)" if settings.embedded else "in a moment"
    say(f"released: {key}; a running system indexes it {when}")
    return FINE
