"""``gongkai key``: who may read, write and operate over HTTP."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FINE, AsJson, print_json, report_errors, say
from schemas.access import Scope

if TYPE_CHECKING:
    from ops.adapters.access_keys import KeyStore

app = typer.Typer(help="Access keys of the HTTP interface.", no_args_is_help=True, rich_markup_mode=None)


def create(
    name: Annotated[str, typer.Argument(help="What it is for, e.g. 县档案馆上传.")],
    scope: Annotated[list[Scope], typer.Option(help="What it opens; give it once for each.")],
    as_json: AsJson = False,
) -> int:
    """Make a key and print it; it is kept only as a hash and cannot be shown again."""
    from search.http.access_keys import make_key  # noqa: PLC0415  start-up

    secret, key = make_key(name, scope)
    store = _store()
    store.add(key)
    if as_json:
        print_json({"id": key.id, "name": name, "scopes": [str(each) for each in key.scopes], "key": secret})
    else:
        typer.echo(secret)
        say(f"key {key.id} opens {', '.join(key.scopes)}; `gongkai key revoke {key.id}` takes it back")
    return FINE


def show(as_json: AsJson = False) -> int:
    """List the keys there are."""
    keys = _store().all()
    if as_json:
        print_json(
            [{"id": key.id, "name": key.name, "scopes": key.scopes, "created_at": key.created_at} for key in keys]
        )
        return FINE
    for key in keys:
        made = datetime.fromtimestamp(key.created_at).astimezone().strftime("%Y-%m-%d %H:%M")
        name = "".join(c if c.isprintable() else " " for c in key.name)
        typer.echo(f"{key.id}  {made}  {','.join(key.scopes):18}  {name}")
    return FINE


def revoke(identifier: Annotated[str, typer.Argument(help="As `gongkai key list` shows it.")]) -> int:
    """Take a key back; a running server stops taking it within ten seconds."""
    key = _store().revoke(identifier)
    say(f"revoked: {key.id} {key.name}")
    return FINE


def _store() -> "KeyStore":
    from ops.adapters.access_keys import KeyStore  # noqa: PLC0415  start-up
    from workers.settings import load  # noqa: PLC0415  start-up
    from workers.storage.open import open_store  # noqa: PLC0415  start-up

    settings = load()
    store = open_store(settings.derived_url, settings)
    store.bootstrap()
    return KeyStore(store)


_COMMANDS: dict[str, Callable[..., int]] = {"create": create, "list": show, "revoke": revoke}

for _name, _function in _COMMANDS.items():
    app.command(_name)(report_errors(_function))
