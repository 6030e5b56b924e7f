"""``gongkai bench``: measures the whole pipeline, or one part of it by that part's module."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ops.cli.output import FINE, WRONG_USE, AsJson, print_json, say
from ops.cli.progress_bar import Bar
from ops.processes.signals import stoppable

if TYPE_CHECKING:
    from ops.bench.throughput.measure import Figures
    from ops.bench.throughput.stack import Stack


Part = Literal[
    "line", "against", "commands", "convert", "text", "sweep", "soak", "telemetry", "relevance", "quality", "office"
]


@stoppable()
def bench(  # noqa: PLR0913, PLR0917  each is an argument of the command
    what: Annotated[
        Part,
        typer.Argument(help="The whole line, or a part."),
    ] = "line",
    target: Annotated[
        str | None,
        typer.Argument(help="Of quality: folder of documents with their gold; of against and commands: a revision."),
    ] = None,
    documents: Annotated[Path | None, typer.Option(help="Folder of documents to use.")] = None,
    count: Annotated[int, typer.Option(min=1, help="How many to make from the samples, without --documents.")] = 500,
    seed: Annotated[int, typer.Option(help="Of the documents made.")] = 20261121,
    stack: Annotated[Literal["embedded", "services"], typer.Option(help="What to measure.")] = "embedded",
    concurrency: Annotated[int, typer.Option(min=0, help="Worker processes; 0 means one per core.")] = 0,
    peers: Annotated[bool, typer.Option("--peers", help="Of convert: other readers on the same files, too.")] = False,
    as_json: AsJson = False,
) -> int:
    """Measure documents per second, CPU by stage, time to searchable and memory on a temporary stack.

    An argument measures something else: ``against REVISION`` compares this build with that one in turns, on the same
    documents and servers; ``commands REVISION`` what one waits for at the terminal, `gongkai extract` of a small text
    and of an archive of --count files and, with --stack services, uploads of as many; ``convert`` CPU and memory of
    conversion by format, on generated files; ``text`` the speed of normalising and extracting, hostile text included;
    ``sweep`` the comparison of two generated listings of --count entries (``--count 1000000``); ``relevance`` how well
    search answers the questions in --documents; ``quality DIR`` how well the documents in DIR are read compared with
    their gold, by kind and format; ``soak`` whether a long run of tiny documents (``--count 100000``) keeps its speed
    and memory, with a graph in soak.svg; ``telemetry`` the cost of metrics and tracing, on against off in turns of
    --count documents on real servers; ``office`` what the office's counts over --count made records
    (``--count 200000``) cost in time and memory.

    Real servers are started for the run unless settings name some. On servers from the settings its buckets (the
    settings' names plus a number) and its indexes (``bench-`` plus that number) are left behind.
    """
    documents = documents or (Path(target) if target and what not in ("against", "commands") else None)
    if documents is not None and not documents.is_dir():
        say(f"{documents} is no folder")
        return WRONG_USE
    services = stack == "services"
    if what in ("against", "commands"):
        from ops.cli.bench.against import bench_revision  # noqa: PLC0415  start-up

        return bench_revision(what, target, documents, count, seed, services=services, as_json=as_json)
    if what == "office":
        from ops.cli.bench.office import bench_office  # noqa: PLC0415  start-up

        return bench_office(count, services=services, as_json=as_json)
    if what not in ("line", "soak", "telemetry"):
        return _bench_stages(what, documents, count, peers=peers, as_json=as_json)
    return _bench_system(what, documents, count, seed, stack, concurrency, as_json=as_json)


def _bench_system(
    what: str, documents: Path | None, count: int, seed: int, stack: str, concurrency: int, *, as_json: bool
) -> int:
    """Measure the whole pipeline, a soak or telemetry on a running system."""
    from workers.settings import given_settings, load  # noqa: PLC0415  start-up

    servers = {} if load().embedded else given_settings()
    if what == "telemetry":
        from ops.cli.bench.telemetry import bench_telemetry  # noqa: PLC0415  start-up

        return bench_telemetry(servers, count, as_json=as_json)
    from ops.bench.throughput.stack import embedded_stack, services_stack  # noqa: PLC0415  start-up

    running = embedded_stack() if stack == "embedded" else services_stack(servers, concurrency=concurrency)
    if what == "soak":
        from ops.cli.bench.soak import bench_soak  # noqa: PLC0415  start-up

        with running as started:
            return bench_soak(started, count, as_json=as_json)
    from ops.bench.throughput.documents import from_folder, make_documents  # noqa: PLC0415  start-up

    source = from_folder(documents) if documents else make_documents(count, seed=seed)
    return _bench_line(running, source, as_json=as_json)


def _bench_line(
    running: "AbstractContextManager[Stack]", source: "Iterable[tuple[str, bytes]]", *, as_json: bool
) -> int:
    from ops.bench.throughput.measure import measure  # noqa: PLC0415  start-up

    with Bar("bench"), running as started:
        figures = measure(started, source)
    if as_json:
        print_json(figures)
    else:
        _print_figures(figures)
    return FINE


def _bench_stages(what: str, documents: Path | None, count: int, *, peers: bool, as_json: bool) -> int:
    if what == "sweep":
        from ops.cli.bench.conversion import bench_sweep  # noqa: PLC0415  start-up

        return bench_sweep(count, as_json=as_json)
    if what == "convert":
        from ops.cli.bench.conversion import bench_convert  # noqa: PLC0415  start-up

        return bench_convert(peers=peers, as_json=as_json)
    if what == "relevance":
        from ops.cli.bench.relevance import bench_relevance  # noqa: PLC0415  start-up

        return bench_relevance(documents)
    if what == "quality":
        from ops.cli.bench.quality import bench_quality  # noqa: PLC0415  start-up

        return bench_quality(documents, as_json=as_json)
    from ops.cli.bench.text import bench_text  # noqa: PLC0415  start-up

    return bench_text(documents, as_json=as_json)


def _print_figures(figures: "Figures") -> None:
    for name, value in asdict(figures).items():
        shown = ", ".join(f"{key} {part}" for key, part in value.items()) if isinstance(value, dict) else value
        typer.echo(f"{name.replace('_', ' '):24}{shown}")
