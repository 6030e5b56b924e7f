"""Test servers by command: ``python -m ops.testservers start|stop|status|fetch [redis|s3|elasticsearch …]``."""

import json
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ops import testservers
from ops.testservers.server import CannotRunError, Places, Server

app = typer.Typer(add_completion=False, no_args_is_help=True, help=testservers.__doc__)
Names = Annotated[list[str] | None, typer.Argument(metavar="[redis|s3|elasticsearch]…", help="all of them by default")]
CacheHome = Annotated[str, typer.Option("--cache-home", envvar="XDG_CACHE_HOME", help="default: ~/.cache")]
RunFolder = Annotated[Path | None, typer.Option("--run", help="where run folders are made")]
Minio = Annotated[str, typer.Option("--minio", envvar="GONGKAI_TEST_MINIO", help="a MinIO binary to use for s3")]
Kind = Annotated[str, typer.Option("--s3", envvar="GONGKAI_TEST_S3", help="minio, ceph or seaweedfs for s3")]
Line = Annotated[str, typer.Option("--elasticsearch", envvar="GONGKAI_TEST_ELASTICSEARCH", help="8 or 9: its line")]
AsJson = Annotated[bool, typer.Option("--json", help="for programs")]


@app.command()
def start(
    names: Names = None,
    cache_home: CacheHome = "",
    run: RunFolder = None,
    minio: Minio = "",
    kind: Kind = "",
    line: Line = "",
    as_json: AsJson = False,
) -> None:
    """Start the servers that are not running yet and print their addresses."""
    places, wanted = _places(cache_home, run, minio, kind, line), _check_names(names)
    running = {server.name: server for server in testservers.status(places) if server.name in wanted}
    outcome = running | testservers.start_all([name for name in wanted if name not in running], places)
    _print({name: outcome[name] for name in wanted}, as_json=as_json)


@app.command()
def status(names: Names = None, cache_home: CacheHome = "", run: RunFolder = None, as_json: AsJson = False) -> None:
    """Print the running servers."""
    wanted = _check_names(names)
    running = [server for server in testservers.status(_places(cache_home, run)) if server.name in wanted]
    _print({server.name: server for server in running}, as_json=as_json)


@app.command()
def stop(names: Names = None, cache_home: CacheHome = "", run: RunFolder = None) -> None:
    """Stop the servers started here, and nothing else."""
    wanted = _check_names(names)
    for server in testservers.status(_places(cache_home, run)):
        if server.name in wanted:
            testservers.stop(server)
            typer.echo(f"stopped {server.name} ({server.kind} {server.version})")


@app.command()
def fetch(names: Names = None, cache_home: CacheHome = "", minio: Minio = "", kind: Kind = "", line: Line = "") -> None:
    """Fetch and build servers into the cache without starting them."""
    failed = False
    for name in _check_names(names):
        try:
            typer.echo(f"{name}: {testservers.fetch(name, _places(cache_home, None, minio, kind, line))}")
        except CannotRunError as error:
            failed = True
            typer.echo(f"{name}: {error}", err=True)
    raise typer.Exit(1 if failed else 0)


def _places(cache_home: str, run: Path | None, minio: str = "", kind: str = "", line: str = "") -> Places:
    places = Places.default(cache_home, minio=minio, s3=kind, elasticsearch=line)
    return replace(places, run=run.absolute()) if run else places


def _check_names(names: Sequence[str] | None) -> list[str]:
    if unknown := set(names or ()) - set(testservers.NAMES):
        raise typer.BadParameter(f"no server {', '.join(sorted(unknown))}; there are {', '.join(testservers.NAMES)}")
    return list(dict.fromkeys(names or testservers.NAMES))


def _print(outcome: dict[str, Server | CannotRunError], *, as_json: bool) -> None:
    running = {name: server for name, server in outcome.items() if isinstance(server, Server)}
    if as_json:
        typer.echo(json.dumps({name: server.connection() for name, server in running.items()}, indent=2))
    else:
        for server in running.values():
            _print_exports(server)
    for name, error in outcome.items():
        if isinstance(error, CannotRunError):
            typer.echo(f"{name}: cannot run here: {error}", err=True)
    if len(running) < len(outcome):
        raise typer.Exit(1)


def _print_exports(server: Server) -> None:
    """Print lines for a shell to source, so that test runs share the servers."""
    typer.echo(f"# {server.kind} {server.version}")
    prefix = f"GONGKAI_TEST_{server.name.upper()}"
    typer.echo(f"export {prefix}_URL={shlex.quote(server.url)}")
    if server.access_key:
        typer.echo(f"export {prefix}_ACCESS_KEY={shlex.quote(server.access_key)}")
        typer.echo(f"export {prefix}_SECRET_KEY={shlex.quote(server.secret_key)}")
        typer.echo(f"export {prefix}_KIND={server.kind}")


if __name__ == "__main__":
    app()
