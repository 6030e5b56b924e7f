"""``gongkai furniture``: page furniture learnt from the documents, which people confirm or reject."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FINE, AsJson, Prefix, print_json, report_errors, say

if TYPE_CHECKING:
    from workers.furniture import Furniture

app = typer.Typer(
    help="Lines that recur over the documents of a source: menus, slogans, footers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Ids = Annotated[list[str], typer.Argument(help="As `gongkai furniture list` shows them.")]
Source = Annotated[
    str, typer.Option("--prefix", help="Key prefix to treat as one source; default: each first folder is one.")
]


def learn(prefix: Source = "") -> int:
    """Propose the lines that recur in the clean text of the documents; removes nothing yet."""
    from ops.cli.progress_bar import Bar  # noqa: PLC0415  start-up
    from ops.maintenance.furniture import learn as learn_lines  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system, Bar("learn") as bar:
        learnt = learn_lines(system, prefix=prefix, notice=bar.advance)
    for line in learnt.lines:
        typer.echo(_row(line))
    lacking = f"; the clean text of {learnt.lacking} is no longer stored" if learnt.lacking else ""
    say(f"{len(learnt.lines)} lines recur in {learnt.documents} documents{lacking}; confirm or reject them by their id")
    return FINE


def show(prefix: Prefix = "", as_json: AsJson = False) -> int:
    """List the lines that were proposed, confirmed and rejected."""
    from workers.furniture import FurnitureList  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up
    from workers.storage.open import open_store  # noqa: PLC0415  start-up

    settings = load()
    lines = FurnitureList(open_store(settings.derived_url, settings)).all()
    lines = [line for line in lines if line.prefix.startswith(prefix)]
    if as_json:
        print_json([{"id": line.id, **asdict(line)} for line in lines])
        return FINE
    for line in lines:
        typer.echo(_row(line))
    return FINE


def confirm(ids: Ids) -> int:
    """Remove these lines from all documents, indexed ones included."""
    return _decide(ids, confirmed=True)


def reject(ids: Ids) -> int:
    """Keep these lines, restore them in documents that lost them, and do not propose them again."""
    return _decide(ids, confirmed=False)


def _decide(ids: list[str], *, confirmed: bool) -> int:
    from ops.maintenance.furniture import decide  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    with open_system(settings) as system:
        lines, documents = decide(system, ids, confirmed=confirmed)
    for line in lines:
        typer.echo(_row(line))
    when = f"at the next sweep (every {settings.sweep_seconds:.0f} s)" if settings.embedded else "now"
    say(f"{documents} documents concerned" + (f"; they are worked on again {when}" if documents else ""))
    return FINE


def _row(line: "Furniture") -> str:
    text = "".join(c if c.isprintable() else " " for c in line.line)
    return f"{line.id}  {line.state:9}  {line.documents:>6} of {line.seen:<6}  {line.prefix or '(all)'}  {text}"


_COMMANDS: dict[str, Callable[..., int]] = {"learn": learn, "list": show, "confirm": confirm, "reject": reject}

for _name, _function in _COMMANDS.items():
    app.command(_name)(report_errors(_function))
