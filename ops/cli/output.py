"""What the commands share: options, their way to an exit code, and JSON for programs."""

import functools
import json
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec

import typer

from ops.cli.messages import FAILED, FINE, INTERRUPTED, WRONG_USE, exit_code, say

__all__ = ["FAILED", "FINE", "INTERRUPTED", "WRONG_USE", "AsJson", "MetricsPort", "Prefix", "print_json", "say"]

P = ParamSpec("P")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
MetricsPort = Annotated[
    int, typer.Option(min=0, max=65534, help="Port for Prometheus metrics; 0 takes GONGKAI_METRICS_PORT.")
]
Prefix = Annotated[str, typer.Option(help="Only objects whose key starts with this.")]


def report_errors(command: Callable[P, int]) -> Callable[P, None]:
    """Return ``command`` wrapped to exit with its return value, or with the exit code of its error."""

    @functools.wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> None:
        raise typer.Exit(exit_code(lambda: command(*args, **options)))

    return run


def print_json(value: Any) -> None:
    """Print a value of ``schemas`` as indented JSON."""
    from schemas.codec import as_json  # noqa: PLC0415  start-up

    typer.echo(json.dumps(as_json(value), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
