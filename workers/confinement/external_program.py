"""External programs, run by readers inside a child of the sandbox.

They inherit the child's limits and die with it; here they get a home of their own and a minimal environment, and are
killed together with everything they started.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from schemas.errors import DocumentError
from schemas.messages.sentence import Said, Sentence
from schemas.outcomes import Category
from workers.confinement.confine import die_with_parent
from workers.confinement.processes import kill_group, signal_name

_KEPT_CHARACTERS = 300  # of the end of a failing program's output
_LIMITS_HIT: dict[int, Category] = {
    signal.SIGXFSZ: Category.BOMB,
    signal.SIGXCPU: Category.TIMEOUT,
}  # signals the sandbox's limits send


@dataclass(frozen=True, slots=True)
class Output:
    """What a program wrote.

    Attributes:
        out: To its standard output.
        err: To its standard error.
    """

    out: bytes
    err: bytes


class ProgramMissingError(DocumentError):
    """The document needs a program that is not installed."""

    def __init__(self, name: str, purpose: Said) -> None:
        super().__init__(Category.UNSUPPORTED, Sentence.of("program-missing", program=name, purpose=purpose))


class ProgramFailedError(DocumentError):
    """The program ended with an error.

    Attributes:
        code: Its exit status, or the number of the signal that killed it, negative.
    """

    def __init__(self, name: str, code: int, said: bytes) -> None:
        self.code = code
        words = " ".join(said.decode("utf-8", "replace").split())[-_KEPT_CHARACTERS:]
        category = _LIMITS_HIT.get(-code, Category.CRASH)
        last = f": {words}" if words else ""
        sentence = Sentence.of("program-failed", program=name, status=code, said=last)
        if code < 0:
            sentence = Sentence.of("program-killed", program=name, signal=signal_name(-code), said=last)
        super().__init__(category, sentence)


class ProgramTimeoutError(DocumentError):
    """The program exceeded its time limit."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(Category.TIMEOUT, Sentence.of("program-timeout", program=name, seconds=seconds))


def find_program(*names: str) -> str | None:
    """Return the path of the first of these programs that is installed, or None."""
    return next(filter(None, map(shutil.which, names)), None)


def run_program(
    arguments: Sequence[str],
    *,
    workdir: Path,
    seconds: float,
    purpose: Said,
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], None] = die_with_parent,
) -> Output:
    """Run a program to its end and return what it wrote.

    Args:
        arguments: The program, by name or path, and its arguments.
        workdir: Folder of the conversion; the program's home and current folder.
        seconds: Its time limit.
        purpose: Completes the message if it is missing, in either language.
        environment: Variables it needs beside HOME, TMPDIR and the sandbox's own.
        prepare: Called in its process before it starts; must make it die with this one.

    Raises:
        ProgramMissingError: It is not installed.
        ProgramFailedError: It ended with an error.
        ProgramTimeoutError: It took too long.
    """
    return start_program(
        arguments, workdir=workdir, seconds=seconds, purpose=purpose, environment=environment, prepare=prepare
    ).finish()


def start_program(
    arguments: Sequence[str],
    *,
    workdir: Path,
    seconds: float,
    purpose: Said,
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], None] = die_with_parent,
    name: str = "",
) -> "RunningProgram":
    """Start a program, without waiting for it.

    Args:
        arguments: The program, by name or path, and its arguments.
        workdir: Folder of the conversion; the program's home and current folder.
        seconds: Its time limit, from now on.
        purpose: Completes the message if it is missing, in either language.
        environment: Variables it needs beside HOME, TMPDIR and the sandbox's own.
        prepare: Called in its process before it starts; must make it die with this one.
        name: What messages call it, where that is not its file's name.

    Raises:
        ProgramMissingError: It is not installed.
    """
    program = shutil.which(arguments[0])
    name = name or Path(arguments[0]).name
    if program is None:
        raise ProgramMissingError(name, purpose)
    # Files, not pipes: an escaped process could hold a pipe open, and a file's size is limited.
    with ExitStack() as failing:
        out = failing.enter_context(tempfile.TemporaryFile(dir=workdir))
        err = failing.enter_context(tempfile.TemporaryFile(dir=workdir))
        process = subprocess.Popen(
            [program, *arguments[1:]],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=workdir,
            env={**_environment(workdir), **(environment or {})},
            process_group=0,
            preexec_fn=prepare,  # noqa: PLW1509 - the child has no other threads
        )
        failing.pop_all()
        return RunningProgram(name, process, (out, err), seconds)


class RunningProgram:
    """A program on its way; it must be finished, and only once."""

    def __init__(
        self, name: str, process: "subprocess.Popen[bytes]", written: tuple[IO[bytes], IO[bytes]], seconds: float
    ) -> None:
        self._name = name
        self._process = process
        self._written = written
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def finish(self) -> Output:
        """Wait for its end, within its time limit, and return what it wrote.

        Raises:
            ProgramFailedError: It ended with an error.
            ProgramTimeoutError: It took too long.
        """
        out, err = self._written
        with out, err:
            try:
                code = self._process.wait(max(0.0, self._end - time.monotonic()))
            except subprocess.TimeoutExpired:
                raise ProgramTimeoutError(self._name, self._seconds) from None
            finally:
                kill_group(self._process.pid)
                self._process.wait()
            said = [_content(file.fileno()) for file in (out, err)]
        if code:
            raise ProgramFailedError(self._name, code, said[1] or said[0])
        return Output(*said)


def _environment(workdir: Path) -> dict[str, str]:
    passed = {variable: os.environ[variable] for variable in os.environ.keys() - {"PYTHONPATH"}}
    return {**passed, "HOME": str(workdir), "TMPDIR": str(workdir)}


def _content(descriptor: int) -> bytes:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        return file.read()
