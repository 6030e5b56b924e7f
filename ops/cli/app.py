"""The table of commands. A module is imported only if its command is asked for, or help, which lists them all."""

from collections.abc import Callable
from importlib import import_module
from typing import Annotated

import typer

from ops.cli.output import report_errors

COMMANDS: dict[str, str] = {
    "run": "run",
    "upload": "upload",
    "status": "status",
    "audit": "audit",
    "failures": "failures",
    "retry": "failures",
    "forget": "failures",
    "pause": "pause",
    "resume": "pause",
    "drain": "pause",
    "reindex": "reindex",
    "backup": "backup",
    "restore": "backup",
    "search": "search",
    "release": "release",
    "hold": "hold",
    "purge": "purge",
    "extract": "extract",
    "check": "check",
    "worker": "run",
    "intake": "run",
    "api": "run",
    "mcp": "mcp",
    "notify": "notify",
    "sweep": "run",
    "top": "top",
    "doctor": "doctor",
    "sbom": "sbom",
    "bench": "bench.throughput",
    "demo": "demo",
}
"""Modules below ``ops.cli``; each has a function of the command's name."""

GROUPS: dict[str, str] = {
    "key": "key",
    "furniture": "furniture",
    "lexicon": "lexicon",
    "synonyms": "synonyms",
    "office": "office.app",
}
"""Modules below ``ops.cli`` of commands with commands below them; each has a Typer named ``app``."""


def make_app(word: str = "") -> typer.Typer:
    """Return the command line with the command or group ``word``, or with all if there is none of that name."""
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(gongkai)
    known = word in COMMANDS or word in GROUPS
    for name in COMMANDS:
        if name == word or not known:
            app.command(name)(report_errors(function_of(name)))
    for name, module in GROUPS.items():
        if name == word or not known:
            app.add_typer(import_module(f"ops.cli.{module}").app, name=name)
    return app


def function_of(command: str) -> Callable[..., int]:
    """Return the function of a command.

    Raises:
        KeyError: There is none of that name.
    """
    function: Callable[..., int] = getattr(import_module(f"ops.cli.{COMMANDS[command]}"), command)
    return function


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata  # noqa: PLC0415  start-up

        typer.echo(f"gongkai {metadata.version('gongkai')}")
        raise typer.Exit


def gongkai(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """政务公开文件：从上传到按章节检索。Disclosure documents, searchable by section."""
