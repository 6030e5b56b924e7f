"""LibreOffice as a reader of last resort: what no reader of ours knows becomes a docx, which one of them reads."""

import shutil

from schemas.blocks import Converted
from workers.confinement.external_program import find_program, run_program
from workers.convert.source import Source

_SHARE_OF_TIME = 0.6
_PURPOSE = "reading this old format"


def is_installed() -> bool:
    """Return whether LibreOffice is there."""
    return find_program("soffice") is not None


def through_office(source: Source) -> Converted | None:
    """Return a document of the Word family as LibreOffice understands it; None where it writes nothing.

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
        command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "docx"]
        run_program(
            [*command, "--outdir", str(folder / "out"), str(given)],
            workdir=folder,
            seconds=_SHARE_OF_TIME * source.limits.wall_seconds,
            purpose=_PURPOSE,
        )
        written = folder / "out" / "given.docx"
        if not written.is_file():
            return None
        return read(
            Source(written, "docx", "docx", source.workdir, source.passwords, source.limits, scans=source.scans)
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
