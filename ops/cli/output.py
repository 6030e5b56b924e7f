"""Exit codes, messages and error reports of all commands; expected errors take one line, no traceback."""

import functools
import json
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec

import typer

from schemas.errors import GongkaiError, SettingsError

P = ParamSpec("P")

FINE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
MetricsPort = Annotated[
    int, typer.Option(min=0, max=65534, help="Port for Prometheus metrics; 0 takes GONGKAI_METRICS_PORT.")
]
Prefix = Annotated[str, typer.Option(help="Only objects whose key starts with this.")]


def report_errors(command: Callable[P, int]) -> Callable[P, None]:
    """Return ``command`` wrapped to exit with its return value, or with the exit code of its error.

    0: success; 1: something failed or a server is down; 2: wrong usage or settings; 130: interrupted.
    """

    @functools.wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> None:
        try:
            code = command(*args, **options)
        except SettingsError as error:
            say(f"settings: {error}")
            code = WRONG_USE
        except (GongkaiError, TimeoutError) as error:
            say(str(error))
            code = FAILED
        except KeyboardInterrupt:
            say("interrupted")
            code = INTERRUPTED
        except BrokenPipeError:
            # The reader closed the pipe; without this the interpreter would report it again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = FAILED
        raise typer.Exit(code)

    return run


def say(message: str) -> None:
    """Print a message for the person at the terminal (stderr), not the command's output."""
    typer.echo(message, err=True)


def print_json(value: Any) -> None:
    """Print a value of ``schemas`` as indented JSON."""
    from schemas.codec import as_json  # noqa: PLC0415  takes 0.1 s, and not every command prints JSON

    typer.echo(json.dumps(as_json(value), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
