"""``gongkai check``: files looked through before they are published."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ops.cli.office.collection import open_sandbox
from ops.cli.office.table_output import Out, write_table
from ops.cli.output import FAILED, FINE, AsJson, say
from schemas.errors import DocumentError

if TYPE_CHECKING:
    from schemas.office.findings import Finding
    from workers.sandbox.client import Sandbox


def check(
    files: Annotated[list[Path], typer.Argument(help="Documents to be published.")],
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 for warnings, too.")] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Check files before publication: personal data, secrecy, form, attachments, references. Exit code 1: errors."""
    from schemas.office.findings import Severity  # noqa: PLC0415  start-up
    from search.office.tables import finding_table  # noqa: PLC0415  start-up

    found: list[Finding] = []
    unread = 0
    with open_sandbox() as sandbox:
        for path in files:
            read = _read(sandbox, path, [other.name for other in files if other != path])
            unread += read is None
            found += read or []
    if out is None and not as_json:
        for one in found:
            typer.echo(f"{one.evidence[0].document}: {one.rule.code}: {one.message}")
    else:
        write_table(finding_table("发布前检查", found), out, as_json=as_json)
    errors = sum(one.rule.severity is Severity.ERROR for one in found)
    say(f"{len(files)} files, {errors} errors, {len(found) - errors} other findings, {unread} not read")
    return FAILED if unread or errors or (strict and found) else FINE


def _read(sandbox: "Sandbox", path: Path, beside: list[str]) -> "list[Finding] | None":
    from ops.adapters.publication import check_file  # noqa: PLC0415  start-up

    try:
        return check_file(sandbox, path, str(path), beside=beside)
    except DocumentError as error:
        say(f"{path}: {error}")
    except OSError as error:
        say(f"{path}: cannot be read: {error.strerror or error}")
    return None
