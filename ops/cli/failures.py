"""``gongkai failures``, ``retry`` and ``forget``: what failed and why, once more, and out of the books."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.output import FAILED, FINE, WRONG_USE, AsJson, Prefix, print_json, say
from schemas.outcomes import Category

CategoryOption = Annotated[Category | None, typer.Option(help="Only what failed with this category.")]
Cause = Annotated[str, typer.Option(help="Only where the message of the cause contains this text.")]
Partial = Annotated[bool, typer.Option("--partial", help="Also documents that were read only in part.")]


def failures(prefix: Prefix = "", partial: Partial = False, as_json: AsJson = False) -> int:
    """Say why documents failed: each cause once, the most frequent first; exit code 1 where there are any."""
    from ops.maintenance.failures import MAX_FAILURES, causes, list_failed  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    with open_system(load()) as system:
        records = list_failed(system, prefix, partial=partial)
    found = causes(records)
    if as_json:
        print_json(found)
    for cause in () if as_json else found:
        category = f" ({cause.category})" if cause.category else ""
        typer.echo(f"{cause.count:8,}  {cause.state}{category} at {cause.stage}: {cause.message}")
        for key in cause.examples:
            typer.echo(f"          {key}")
    if len(records) == MAX_FAILURES:
        say(f"only the first {MAX_FAILURES:,} were counted; narrow with --prefix")
    return FAILED if found else FINE


def retry(
    keys: Annotated[list[str] | None, typer.Argument(help="Object keys; none takes what the options choose.")] = None,
    prefix: Annotated[str | None, typer.Option(help="All below this prefix; empty for all there is.")] = None,
    category: CategoryOption = None,
    cause: Cause = "",
    partial: Partial = False,
    keys_from: Annotated[Path | None, typer.Option(help="File with one object key a line.")] = None,
) -> int:
    """Process failed documents again, from the first stage, whatever was made of them before."""
    from ops.maintenance.failures import MAX_FAILURES, list_failed, select  # noqa: PLC0415  start-up
    from ops.maintenance.failures import retry as again  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from schemas.records import document_id  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    named = [*(keys or ()), *(keys_from.read_text("utf-8").splitlines() if keys_from else ())]
    if not named and prefix is None and category is None and not cause:
        say("give keys, --keys-from, --prefix, --category or --cause")
        return WRONG_USE
    settings = load()
    with open_system(settings) as system:
        if named:
            looked_up = {key: system.context.index.record(document_id(key)) for key in named if key}
            for key in [key for key, record in looked_up.items() if record is None]:
                say(f"{key}: there is no record of it; `gongkai sweep` finds what is new")
            records = [record for record in looked_up.values() if record is not None]
        else:
            records = list_failed(system, prefix or "", partial=partial)
        sent = again(system, select(records, category=category, text=cause))
    if not named and len(records) == MAX_FAILURES:
        say(
            f"only the first {MAX_FAILURES:,} failed documents were looked at; "
            "narrow with --prefix, or run it again afterwards"
        )
    say(f"{sent:,} documents are tried again" + (" by the next `gongkai run`" if settings.embedded else ""))
    return FAILED if len(records) < len(set(filter(None, named))) else FINE


def forget(
    keys: Annotated[list[str] | None, typer.Argument(help="Object keys.")] = None,
    prefix: Annotated[str | None, typer.Option(help="All removed ones below this prefix; empty for all.")] = None,
) -> int:
    """Delete what is recorded of objects that are gone from the inbox."""
    from ops.maintenance.failures import MAX_FAILURES  # noqa: PLC0415  start-up
    from ops.maintenance.failures import forget as let_go  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from schemas.outcomes import State  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    if not keys and prefix is None:
        say("give keys or --prefix")
        return WRONG_USE
    with open_system(load()) as system:
        if prefix is not None:
            removed = system.context.index.records(prefix, states=(State.REMOVED,), limit=MAX_FAILURES)
            if len(removed) == MAX_FAILURES:
                say(f"only the first {MAX_FAILURES:,} are taken; run it again for the rest")
            keys = [*(keys or ()), *(record.key for record in removed)]
        count = let_go(system, keys or ())
    say(f"{count:,} forgotten")
    return FINE
