"""``gongkai status``: counts documents by state, and says why some cannot be found."""

from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FAILED, FINE, AsJson, Prefix, print_json, say

if TYPE_CHECKING:
    from schemas.messages.template import Language
    from schemas.records import DocumentRecord

LISTED = 50


def status(
    prefix: Prefix = "",
    running: Annotated[bool, typer.Option("--running", help="List the running jobs instead.")] = False,
    as_json: AsJson = False,
) -> int:
    """Count the indexed, partial, held, failed and removed documents, and say why documents failed."""
    from schemas.outcomes import State  # noqa: PLC0415  start-up
    from workers.pipeline.search_index import index_of  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    if running:
        from ops.cli.running_jobs import list_running  # noqa: PLC0415  start-up

        return list_running(prefix, as_json=as_json)
    settings = load()
    index = index_of(settings)
    counts = index.counts(prefix)
    troubled = index.records(prefix, states=(State.FAILED, State.HELD, State.PARTIAL), limit=LISTED)
    if as_json:
        print_json({"counts": {state.value: n for state, n in sorted(counts.items())}, "troubled": troubled})
    else:
        for state in State:
            typer.echo(f"{state.value:10}{counts.get(state, 0):10,}")
        for record in troubled:
            typer.echo(reason(record, settings.language))
        hidden = sum(counts.get(state, 0) for state in (State.FAILED, State.HELD, State.PARTIAL)) - len(troubled)
        if hidden > 0:
            say(f"and {hidden:,} more; narrow with --prefix")
    return FAILED if counts.get(State.FAILED) else FINE


def reason(record: "DocumentRecord", language: "Language" = "en") -> str:
    """Return one line with a document's outcome and its reason."""
    from schemas.outcomes import say_problem  # noqa: PLC0415  start-up

    why = say_problem(record.problems[0], language) if record.problems else ""
    category = f" ({record.category})" if record.category else ""
    return f"{record.state}{category}: {record.key}" + (f": {why}" if why else "")
