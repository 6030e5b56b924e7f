"""The table of commands."""

from collections.abc import Callable
from importlib import metadata
from typing import Annotated

import typer

from ops.cli import (
    audit,
    backup,
    check,
    demo,
    doctor,
    extract,
    failures,
    furniture,
    hold,
    key,
    lexicon,
    mcp,
    notify,
    pause,
    purge,
    reindex,
    release,
    run,
    sbom,
    search,
    status,
    synonyms,
    top,
    upload,
)
from ops.cli.bench import throughput
from ops.cli.office import app as office
from ops.cli.output import report_errors

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., int]] = {
    "run": run.run,
    "upload": upload.upload,
    "status": status.status,
    "audit": audit.audit,
    "failures": failures.failures,
    "retry": failures.retry,
    "forget": failures.forget,
    "pause": pause.pause,
    "resume": pause.resume,
    "drain": pause.drain,
    "reindex": reindex.reindex,
    "backup": backup.backup,
    "restore": backup.restore,
    "search": search.search,
    "release": release.release,
    "hold": hold.hold,
    "purge": purge.purge,
    "extract": extract.extract,
    "check": check.check,
    "worker": run.worker,
    "intake": run.intake,
    "api": run.api,
    "mcp": mcp.mcp,
    "notify": notify.notify,
    "sweep": run.sweep,
    "top": top.top,
    "doctor": doctor.doctor,
    "sbom": sbom.sbom,
    "bench": throughput.bench,
    "demo": demo.demo,
}


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gongkai {metadata.version('gongkai')}")
        raise typer.Exit


@app.callback()
def gongkai(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """政务公开文件：从上传到按章节检索。Disclosure documents, searchable by section."""


for name, function in COMMANDS.items():
    app.command(name)(report_errors(function))
app.add_typer(key.app, name="key")
app.add_typer(furniture.app, name="furniture")
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(synonyms.app, name="synonyms")
app.add_typer(office.app, name="office")
