"""``gongkai key``: who may read, write, operate and make keys over HTTP."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.output import FINE, AsJson, print_json, report_errors, say
from schemas.access import Scope

if TYPE_CHECKING:
    from ops.adapters.access_keys import KeyStore
    from workers.settings import Settings

app = typer.Typer(help="Access keys of the HTTP interface.", no_args_is_help=True, rich_markup_mode=None)


def create(
    name: Annotated[str, typer.Argument(help="What it is for, e.g. 县档案馆上传.")],
    scope: Annotated[list[Scope], typer.Option(help="What the key gives access to; may be repeated.")],
    as_json: AsJson = False,
) -> int:
    """Create a key and print it; only its hash is stored, so it cannot be shown again."""
    from ops.adapters.key_administration import create_key  # noqa: PLC0415  start-up

    settings = _settings()
    secret, key = create_key(settings, _store(settings), name=name, scopes=scope)
    if as_json:
        print_json({"id": key.id, "name": name, "scopes": [str(each) for each in key.scopes], "key": secret})
    else:
        typer.echo(secret)
        say(f"key {key.id} opens {', '.join(key.scopes)}; `gongkai key revoke {key.id}` takes it back")
    return FINE


def show(as_json: AsJson = False) -> int:
    """List the access keys."""
    keys = _store(_settings()).all()
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
    """Revoke a key; running servers refuse it within ten seconds."""
    from ops.adapters.key_administration import revoke_key  # noqa: PLC0415  start-up

    settings = _settings()
    key = revoke_key(settings, _store(settings), identifier)
    say(f"revoked: {key.id} {key.name}")
    return FINE


def _settings() -> "Settings":
    from workers.settings import load  # noqa: PLC0415  start-up

    return load()


def _store(settings: "Settings") -> "KeyStore":
    from ops.adapters.access_keys import KeyStore  # noqa: PLC0415  start-up
    from workers.storage.open import open_store  # noqa: PLC0415  start-up

    store = open_store(settings.derived_url, settings)
    store.bootstrap()
    return KeyStore(store)


_COMMANDS: dict[str, Callable[..., int]] = {"create": create, "list": show, "revoke": revoke}

for _name, _function in _COMMANDS.items():
    app.command(_name)(report_errors(_function))
