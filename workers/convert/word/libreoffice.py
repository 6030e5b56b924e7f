"""LibreOffice as a reader of last resort: what no reader of ours knows becomes a docx, which one of them reads."""

import shutil
import time
from functools import partial
from pathlib import Path

from schemas.blocks import Converted
from schemas.messages.sentence import Sentence
from workers.confinement.confine import answer_no_to_write_checks
from workers.confinement.external_program import ProgramFailedError, find_program, run_program
from workers.convert.source import Source

_SHARE_OF_TIME = 0.6
_START_AGAIN = 81  # it made its profile and wants to be started with it (EXITHELPER_NORMAL_RESTART)
_PURPOSE = Sentence.of("purpose-old-format")


def is_installed() -> bool:
    """Return whether LibreOffice is there."""
    return find_program("soffice") is not None


def through_office(source: Source) -> Converted | None:
    """Return a document of the Word family as LibreOffice understands it; None if it writes nothing.

    Raises:
        ProgramFailedError: It ended with an error.
        ProgramTimeoutError: It took too long.
    """
    from workers.convert.word.docx import read  # noqa: PLC0415 - rarely needed

    folder = source.workdir / "office"
    folder.mkdir()
    try:
        given = folder / f"given.{source.format}"
        shutil.copyfile(source.path, given)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        # It listens on a local socket, by default outside its folder.
        command = [_binary(), profile, "-env:OSL_SOCKET_PATH=.", "--headless", "--norestore", "--convert-to", "docx"]
        seconds = _SHARE_OF_TIME * source.limits.wall_seconds
        _run([*command, "--outdir", str(folder / "out"), str(given)], folder, seconds)
        written = folder / "out" / "given.docx"
        if not written.is_file():
            return None
        return read(
            Source(written, "docx", "docx", source.workdir, source.passwords, source.limits, scans=source.scans)
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path, seconds: float) -> None:
    start = partial(run_program, command, workdir=folder, purpose=_PURPOSE, prepare=answer_no_to_write_checks)
    began = time.monotonic()
    try:
        start(seconds=seconds)
    except ProgramFailedError as error:
        if error.code != _START_AGAIN:
            raise
        start(seconds=max(1.0, seconds - (time.monotonic() - began)))


def _binary() -> str:
    """Return the program that the command ``soffice`` starts by way of another, which insists on a socket in /tmp."""
    command = Path(shutil.which("soffice") or "soffice").resolve()
    binary = command.with_name("soffice.bin")
    return str(binary if binary.is_file() else command)
