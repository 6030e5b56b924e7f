"""``gongkai bench against`` and ``commands REVISION``: compare this build with another one, in turns."""

from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import typer

from ops.cli.output import FINE, WRONG_USE, print_json, say
from ops.cli.progress_bar import Bar

if TYPE_CHECKING:
    from ops.bench.throughput.against import Comparison

TURNS = 5


def bench_revision(
    what: str,
    revision: str | None,
    documents: Path | None,
    count: int,
    seed: int,
    *,
    services: bool,
    as_json: bool,
) -> int:
    """Compare this build with another one: in all (``against``), or its ``commands``; see the functions below."""
    if not revision:
        say(f"say which revision to measure against, for example `gongkai bench {what} HEAD~1`")
        return WRONG_USE
    if what == "commands":
        return bench_commands(revision, count, services=services, as_json=as_json)
    return bench_against(revision, documents, count, seed, services=services, as_json=as_json)


def bench_against(
    revision: str, documents: Path | None, count: int, seed: int, *, services: bool, as_json: bool
) -> int:
    """Measure both builds; print the ratios of documents per second and CPU per document, and CPU by role.

    Args:
        revision: Git revision of the other build.
        documents: Folder whose files are divided among the turns; without it documents are generated.
        count: Number of documents to generate in all, without a folder.
        seed: Seed of the generated documents.
        services: Whether to use real servers instead of the embedded system.
        as_json: Whether to print JSON.
    """
    from ops.bench.throughput.against import compare_embedded, compare_services  # noqa: PLC0415  start-up
    from ops.bench.throughput.documents import from_folder, make_documents  # noqa: PLC0415  start-up
    from workers.settings import given_settings, load  # noqa: PLC0415  start-up

    turns = share_out(list(from_folder(documents) if documents else make_documents(count, seed=seed)), services)
    with Bar("bench against", total=2 * len(turns)) as bar:
        if services:
            servers = {} if load().embedded else given_settings()
            found = compare_services(revision, servers, turns, tell=bar.advance)
        else:
            found = compare_embedded(revision, turns, tell=bar.advance)
    if as_json:
        print_json(found)
    else:
        _print(found)
    return FINE


def bench_commands(revision: str, count: int, *, services: bool, as_json: bool) -> int:
    """Measure commands of both builds; print seconds and CPU seconds of each, and their ratios.

    Args:
        revision: Git revision of the other build.
        count: Files in the archive, and files uploaded.
        services: Whether to measure uploads to an object store, too.
        as_json: Whether to print JSON.
    """
    from ops.bench.throughput.commands import TURNS as EACH  # noqa: PLC0415  start-up
    from ops.bench.throughput.commands import compare_commands  # noqa: PLC0415  start-up
    from workers.settings import given_settings, load  # noqa: PLC0415  start-up

    servers = {} if load().embedded else given_settings()
    with Bar("bench commands", total=2 * (EACH + 1) * (4 if services else 2)) as bar:
        found = compare_commands(revision, count=count, services=services, environment=servers, tell=bar.advance)
    if as_json:
        print_json({name: asdict(compared) for name, compared in found.items()})
        return FINE
    typer.echo(f"{'median of ' + str(EACH):32}{'s':>8}{'other':>8}{'CPU s':>8}{'other':>8}{'faster':>9}{'CPU':>7}")
    for name, compared in found.items():
        seconds = [median(turn.seconds for turn in turns) for turns in (compared.new, compared.old)]
        cpu = [median(turn.cpu["command"] for turn in turns) for turns in (compared.new, compared.old)]
        figures = "".join(f"{value:8.2f}" for value in (*seconds, *cpu))
        typer.echo(f"{name:32}{figures}{compared.speedup[0]:8.2f}x{compared.cpu_ratio[0]:7.2f}")
    return FINE


def share_out(documents: list[tuple[str, bytes]], warm_up: bool) -> list[list[tuple[str, bytes]]]:
    """Return the documents of each turn, equally many; one more turn if the first only warms up.

    Raises:
        typer.BadParameter: There are fewer documents than turns.
    """
    turns = TURNS + warm_up
    if len(documents) < turns:
        raise typer.BadParameter(f"{len(documents)} documents are too few for {turns} turns")
    each = len(documents) // turns
    return [documents[n::turns][:each] for n in range(turns)]


def _print(found: "Comparison") -> None:
    speed, cpu = found.speedup, found.cpu_ratio
    typer.echo(f"{len(found.new)} turns of {found.documents} documents each")
    typer.echo(f"documents a second, this build over the other: {speed[0]:.2f} ({speed[1]:.2f} to {speed[2]:.2f})")
    typer.echo(f"CPU a document, this build over the other:     {cpu[0]:.2f} ({cpu[1]:.2f} to {cpu[2]:.2f})")
    new, old = found.milliseconds(found.new), found.milliseconds(found.old)
    typer.echo(f"{'CPU ms a document':28}{'this':>8}{'other':>8}")
    for role in sorted(set(new) | set(old)):
        typer.echo(f"{role:28}{new.get(role, 0.0):8.2f}{old.get(role, 0.0):8.2f}")
