"""``gongkai audit``: accounts for every received file."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ops.cli.output import FAILED, FINE, AsJson, Prefix, print_json, say
from ops.cli.progress_bar import Bar
from ops.maintenance.audit.listed_states import Listed

if TYPE_CHECKING:
    from workers.reconcile.audit import Account, Audit, AuditEntry


def audit(
    prefix: Prefix = "",
    listed: Annotated[
        list[Listed] | None, typer.Option("--list", help="Also print the keys counted here; may be repeated.")
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Queue what is missing or stale.")] = False,
    as_json: AsJson = False,
) -> int:
    """Count every object, and every file in a container, by its outcome; exit code 1 if one is missing."""
    from ops.maintenance.audit.books import audit as count  # noqa: PLC0415  start-up
    from ops.system import open_system  # noqa: PLC0415  start-up
    from workers.reconcile.audit import Audit  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up

    settings, lines = load(), []

    def take(entries: "list[AuditEntry]") -> None:
        for entry in entries:
            lines.append(entry) if as_json else typer.echo(_line(entry))

    with open_system(settings) as system, Bar("audit") as bar:
        books = Audit(system.context, prefix=prefix)
        sent = count(system, books, listed=listed or (), repair=repair, take=take, tell=bar.advance)
    if as_json:
        print_json(_as_dict(books, lines, sent))
    else:
        _print(books)
        if repair:
            say(f"{sent:,} queued")
        if settings.embedded:
            say("jobs of a running `gongkai run` are counted as missing: only that process knows them")
    total = books.total
    return FINE if total.balanced and not total.standings["missing"] else FAILED  # type: ignore[index]


def _line(entry: "AuditEntry") -> str:
    why = f" ({entry.reason})" if entry.reason else ""
    unread = f" ({entry.unread:,} files inside did not come out)" if entry.unread else ""
    return f"{entry.standing}{why}{unread}: {entry.key}"


def _print(books: "Audit") -> None:
    from workers.reconcile.audit import AuditState  # noqa: PLC0415  start-up

    names = ("received", *(standing.value for standing in AuditState), "stale")
    typer.echo("  ".join(f"{name:>9}" for name in names) + "  below")
    accounts = sorted(books.accounts.items()) if len(books.accounts) > 1 else []
    for name, account in (*accounts, ("(all)", books.total)):
        typer.echo("  ".join(f"{number:9,}" for number in _numbers(account).values()) + f"  {name or '(no folder)'}")
        if not account.balanced:
            typer.echo(f"the sum of {name} is {account.standings.total():,}, not {account.received:,}")
    total = books.total
    if total.unlisted:
        typer.echo(f"{total.unlisted:,} stored, but not listed by the object store; `--list unlisted` names them")
    if total.children_expected:
        unread = total.children_expected - total.children_emitted
        typer.echo(
            f"files in containers: {total.children_expected:,} expected, {total.children_emitted:,} came out"
            + (f"; `--list unread` names the containers of the other {unread:,}" if unread else "")
        )


def _numbers(account: "Account") -> dict[str, int]:
    from workers.reconcile.audit import AuditState  # noqa: PLC0415  start-up

    standings = {standing.value: account.standings[standing] for standing in AuditState}
    return {"received": account.received, **standings, "stale": account.stale}


def _as_dict(books: "Audit", lines: "list[AuditEntry]", sent: int) -> dict[str, Any]:
    def shown(account: "Account") -> dict[str, Any]:
        more = {
            "unlisted": account.unlisted,
            "children_expected": account.children_expected,
            "children_emitted": account.children_emitted,
        }
        return {**_numbers(account), **more, "balanced": account.balanced}

    return {
        "total": shown(books.total),
        "accounts": {name: shown(account) for name, account in sorted(books.accounts.items())},
        "listed": lines,
        "queued": sent,
    }
