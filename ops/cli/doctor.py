"""``gongkai doctor``: what is configured, what can be reached, what is missing and what that costs."""

from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, AsJson, print_json, say

if TYPE_CHECKING:
    from workers.settings import Settings

MARKS = {"fine": "ok     ", "down": "DOWN   ", "missing": "missing"}


def doctor(
    settings: Annotated[bool, typer.Option("--settings", help="List all settings instead.")] = False,
    bootstrap: Annotated[bool, typer.Option("--bootstrap", help="Create missing buckets and indexes first.")] = False,
    as_json: AsJson = False,
) -> int:
    """Look the installation over; exit code 1 where a server is down."""
    from ops.maintenance.doctor import check, list_settings  # noqa: PLC0415  start-up
    from workers.settings import given_settings, load  # noqa: PLC0415  start-up

    if settings:
        lines = list_settings(given_settings())
        if as_json:
            print_json(lines)
        for line in () if as_json else lines:
            typer.echo(f"{line.variable}\n    {line.meaning}")
            typer.echo(f"    default: {line.default or '(none)'}" + (f"; now: {line.value}" if line.value else ""))
        return FINE
    given = load()
    if bootstrap:
        _bootstrap(given)
    found = []
    for one in check(given):
        found.append(one)
        if not as_json:
            typer.echo(f"{MARKS[one.state]}  {one.name:10} {one.line}")
    if as_json:
        print_json(found)
    return FAILED if any(one.state == "down" for one in found) else FINE


def _bootstrap(settings: "Settings") -> None:
    from ops.system import bootstrap, open_system  # noqa: PLC0415  start-up

    with open_system(settings) as system:
        for line in bootstrap(system) or ["nothing to create"]:
            say(line)
