"""``gongkai doctor``: checks settings, servers and optional programs, and what each missing one costs."""

from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, AsJson, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ops.maintenance.diagnosis.doctor import Check
    from workers.settings import Settings

MARKS = {"fine": "ok     ", "down": "DOWN   ", "missing": "missing"}


def doctor(
    settings: Annotated[bool, typer.Option("--settings", help="List all settings instead.")] = False,
    bootstrap: Annotated[bool, typer.Option("--bootstrap", help="Create missing buckets and indexes first.")] = False,
    store_check: Annotated[
        bool, typer.Option("--store-check", help="Test the inbox's S3 server and wait for its event instead.")
    ] = False,
    patience: Annotated[float, typer.Option(min=1, help="Seconds --store-check waits for the event.")] = 20,
    as_json: AsJson = False,
) -> int:
    """Check the installation; exit code 1 if a server is down or its events do not arrive."""
    from ops.maintenance.diagnosis.doctor import check, list_settings  # noqa: PLC0415  start-up
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
    return _tell(_try_store(given, patience) if store_check else check(given), as_json=as_json)


def _tell(checks: "Iterable[Check]", *, as_json: bool) -> int:
    found = []
    for one in checks:
        found.append(one)
        if not as_json:
            typer.echo(f"{MARKS[one.state]}  {one.name:15} {one.line}")
    if as_json:
        print_json(found)
    return FAILED if any(one.state == "down" for one in found) else FINE


def _try_store(settings: "Settings", patience: float) -> "Iterator[Check]":
    from ops.maintenance.diagnosis.store_check import check_store  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up

    with open_system(settings) as system:
        yield from check_store(system, seconds=patience)


def _bootstrap(settings: "Settings") -> None:
    from ops.maintenance.bootstrap import bootstrap  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up

    with open_system(settings) as system:
        for line in bootstrap(system) or ["nothing to create"]:
            say(line)
