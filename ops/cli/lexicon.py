"""``gongkai lexicon``: the domain dictionary of a collection."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.output import FINE, AsJson, print_json, report_errors, say

app = typer.Typer(
    help="The dictionary of names to keep as one word, for rjieba and IK.", no_args_is_help=True, rich_markup_mode=None
)


def build(
    out: Annotated[Path, typer.Option(help="File to write, one word a line, as IK takes it for ext_dict.")],
) -> int:
    """Write the current dictionary plus the collection's agencies and titles of laws and rules."""
    from ops.maintenance.words.lexicon import build as build_words  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from search.query.lexicon import load as read_words  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    known = read_words(Path(settings.lexicon) if settings.lexicon else None)
    with open_system(settings) as system:
        made = build_words(system.context.index, known)
    partial = out.with_name(out.name + ".partial")
    partial.write_text(made.text(), "utf-8")
    partial.replace(out)
    say(f"{len(made.ordered):,} words, {len(made.ordered) - len(known.ordered):,} of them new: version {made.version}")
    return FINE


def changes(
    file: Annotated[Path, typer.Argument(help="The new dictionary.")],
    enqueue: Annotated[bool, typer.Option("--enqueue", help="Also index these documents again.")] = False,
    as_json: AsJson = False,
) -> int:
    """Print the keys of documents that a new dictionary affects: a title or heading has a new word."""
    from ops.maintenance.failures import Start, retry  # noqa: PLC0415  start-up
    from ops.maintenance.words.lexicon import changes as changed_keys  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from schemas.records import document_id  # noqa: PLC0415  start-up
    from search.query.lexicon import load as read_words  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    with open_system(settings) as system:
        before = read_words(Path(settings.lexicon) if settings.lexicon else None)
        keys = list(changed_keys(system.context.index, before, read_words(file)))
        if enqueue:
            found = (system.context.index.record(document_id(key)) for key in keys)
            retry(system, [record for record in found if record is not None], start=Start.INDEX)
    if as_json:
        print_json({"keys": keys, "enqueued": enqueue})
    else:
        typer.echo("\n".join(keys))
    say(f"{len(keys):,} documents change")
    return FINE


for function in (build, changes):
    app.command(function.__name__)(report_errors(function))
