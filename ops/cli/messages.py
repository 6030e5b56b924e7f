"""Exit codes, messages and reports of expected errors: one line, no traceback. Imports no parser of arguments."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from schemas.errors import GongkaiError, SettingsError

FINE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def exit_code(command: Callable[[], int]) -> int:
    """Return what ``command`` returns, or the exit code of its error, after saying what it was.

    0: success; 1: something failed or a server is down; 2: wrong usage or settings; 130: interrupted.
    """
    try:
        return command()
    except SettingsError as error:
        say(f"settings: {error}")
        return WRONG_USE
    except (GongkaiError, TimeoutError) as error:
        say(str(error))
        return FAILED
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader closed the pipe; without this the interpreter would report it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def leave(code: int) -> NoReturn:
    """End this process with ``code`` once its output is out, without the interpreter's clean-up.

    That frees every object one by one, which takes a tenth of a short command; all that was opened must be closed.

    Raises:
        OSError: The output cannot be written, for example because the disk is full.
    """
    flushed = exit_code(_flush)
    os._exit(code or flushed)


def _flush() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    return FINE


def say(message: str) -> None:
    """Print a message for the person at the terminal (stderr), not the command's output."""
    print(message, file=sys.stderr, flush=True)
