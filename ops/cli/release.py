"""``gongkai release``: makes a held document searchable, or withdraws that."""

from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FINE, say

if TYPE_CHECKING:
    from workers.settings import Settings


def release(
    key: Annotated[str, typer.Argument(help="Object key, as `gongkai status` prints it.")],
    version: Annotated[str, typer.Option(help="The version you reviewed; refuse if another one is held.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Withdraw a release at once.")] = False,
) -> int:
    """Make the current version of a held document searchable; a later version is judged again."""
    from ops.maintenance.decisions.release import release as let_go  # noqa: PLC0415  start-up
    from ops.maintenance.decisions.release import withdraw_release  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from schemas.outcomes import say_problem  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    with open_system(settings) as system:
        if withdraw:
            record = withdraw_release(system, key)
            say(f"withdrawn: the release of {key}, version {record.etag}; nobody finds it any more")
            return FINE
        record = let_go(system, key, version=version)
    for problem in record.problems:
        typer.echo(say_problem(problem, settings.language))
    say(f"released: {key}, version {record.etag}; a running system indexes it {_moment(settings)}")
    return FINE


def _moment(settings: "Settings") -> str:
    return f"at its next sweep (every {settings.sweep_seconds:.0f} s)" if settings.embedded else "in a moment"
