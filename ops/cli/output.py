"""What all commands share: exit codes, messages, and expected errors in one line instead of a traceback."""

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
    int, typer.Option(min=0, max=65534, help="Show numbers for Prometheus there; 0 takes GONGKAI_METRICS_PORT.")
]
Prefix = Annotated[str, typer.Option(help="Only objects whose key starts with this.")]


def report_errors(command: Callable[P, int]) -> Callable[P, None]:
    """Return a command that ends the process with the exit code ``command`` returns, or the one its error stands for.

    0: all fine; 1: some failed, or a server is down; 2: wrong use or wrong settings; 130: interrupted.
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
            # Whoever read our output has gone; without this the interpreter would complain once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = FAILED
        raise typer.Exit(code)

    return run


def say(message: str) -> None:
    """Tell the person at the terminal something that is not the command's output."""
    typer.echo(message, err=True)


def print_json(value: Any) -> None:
    """Print a value of ``schemas`` as indented JSON."""
    from schemas.codec import as_json  # noqa: PLC0415  takes 0.1 s, and not every command prints JSON

    typer.echo(json.dumps(as_json(value), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
