"""``gongkai failures``, ``retry`` and ``forget``: list, repeat and delete failures."""

from pathlib import Path
from typing import Annotated

import typer

from ops.cli.output import FAILED, FINE, WRONG_USE, AsJson, Prefix, print_json, say
from schemas.outcomes import Category

CategoryOption = Annotated[Category | None, typer.Option(help="Only failures of this category.")]
Cause = Annotated[str, typer.Option(help="Only causes whose message contains this text.")]
FromFailed = Annotated[
    bool, typer.Option("--from-failed-stage", help="Start at the failed stage; reuse the results of earlier ones.")
]
Partial = Annotated[bool, typer.Option("--partial", help="Also documents that were read only in part.")]


def failures(prefix: Prefix = "", partial: Partial = False, as_json: AsJson = False) -> int:
    """List why documents failed: each cause once, the most frequent first; exit code 1 if any failed."""
    from ops.maintenance.failures import causes, list_failed  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings = load()
    with open_system(settings) as system:
        found = causes(list_failed(system, prefix, partial=partial), settings.language)
    if as_json:
        print_json(found)
    for cause in () if as_json else found:
        category = f" ({cause.category})" if cause.category else ""
        typer.echo(f"{cause.count:8,}  {cause.state}{category} at {cause.stage}: {cause.said}")
        for key in cause.examples:
            typer.echo(f"          {key}")
    return FAILED if found else FINE


def retry(
    keys: Annotated[list[str] | None, typer.Argument(help="Object keys; without any, the options choose.")] = None,
    prefix: Annotated[str | None, typer.Option(help="All failed ones below this prefix; empty for all.")] = None,
    category: CategoryOption = None,
    cause: Cause = "",
    partial: Partial = False,
    keys_from: Annotated[Path | None, typer.Option(help="File with one object key a line.")] = None,
    from_failed_stage: FromFailed = False,
) -> int:
    """Process failed documents again, from the first stage unless --from-failed-stage is given."""
    from ops.maintenance.failures import Start, Wanted, retry_wanted  # noqa: PLC0415  start-up
    from ops.processes.requests_to_run import ask_running  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    named = [*(keys or ()), *(keys_from.read_text("utf-8").splitlines() if keys_from else ())]
    if not named and prefix is None and category is None and not cause:
        say("give keys, --keys-from, --prefix, --category or --cause")
        return WRONG_USE
    wanted = Wanted(
        keys=tuple(filter(None, named)),
        prefix=prefix or "",
        category=category,
        cause=cause,
        partial=partial,
        start=Start.FAILED if from_failed_stage else Start.FIRST,
    )
    settings = load()
    reply = ask_running(settings, retry=wanted)
    if reply and reply.retried:
        done = reply.retried
    else:
        with open_system(settings) as system:
            done = retry_wanted(system, wanted)
    for key in done.unknown:
        say(f"{key}: there is no record of it; `gongkai sweep` finds what is new")
    if done.busy:
        say(f"{done.busy:,} are being worked on, or gone, and are left alone")
    say(
        f"{done.sent:,} documents are tried again"
        + (" by the next `gongkai run`" if settings.embedded and not reply else "")
    )
    return FAILED if done.unknown else FINE


def forget(
    keys: Annotated[list[str] | None, typer.Argument(help="Object keys.")] = None,
    prefix: Annotated[str | None, typer.Option(help="All removed ones below this prefix; empty for all.")] = None,
) -> int:
    """Delete the records of objects that are gone from the inbox."""
    from ops.processes.requests_to_run import ask_running, forget_wanted  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    if not keys and prefix is None:
        say("give keys or --prefix")
        return WRONG_USE
    settings = load()
    reply = ask_running(settings, forget=tuple(keys or ()), forget_prefix=prefix)
    if reply:
        count = reply.forgotten
    else:
        with open_system(settings) as system:
            count = forget_wanted(system, keys or (), prefix=prefix)
    say(f"{count:,} forgotten")
    return FINE
