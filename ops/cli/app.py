"""The table of commands."""

from collections.abc import Callable

import typer

from ops.cli import (
    asking,
    auditing,
    benching,
    checking,
    failing,
    furniture,
    keeping,
    keys,
    lexicon,
    loading,
    local,
    notifying,
    pausing,
    reindexing,
    releasing,
    running,
    top,
)
from ops.cli.command import reported

app = typer.Typer(
    help="政务公开文件：从上传到按章节检索。Disclosure documents, searchable by section.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., int]] = {
    "run": running.run,
    "upload": loading.upload,
    "status": asking.status,
    "audit": auditing.audit,
    "failures": failing.failures,
    "retry": failing.retry,
    "forget": failing.forget,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "drain": pausing.drain,
    "reindex": reindexing.reindex,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "search": asking.search,
    "release": releasing.release,
    "extract": local.extract,
    "worker": running.worker,
    "intake": running.intake,
    "api": running.api,
    "notify": notifying.notify,
    "sweep": running.sweep,
    "top": top.top,
    "doctor": checking.doctor,
    "bench": benching.bench,
}

for name, function in COMMANDS.items():
    app.command(name)(reported(function))
app.add_typer(keys.app, name="key")
app.add_typer(furniture.app, name="furniture")
app.add_typer(lexicon.app, name="lexicon")
