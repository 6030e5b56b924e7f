"""Rar archives, through the program bsdtar (libarchive, a free reader) where it is installed."""

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from workers.confinement.external_program import ProgramFailedError, find_program, run_program
from workers.convert.archive.members import Members
from workers.convert.archive.tar import add_tar
from workers.convert.source import Source

_SHARE_OF_TIME = 0.8


def read(source: Source) -> Converted:
    """Return the files in a rar archive as children.

    Raises:
        DocumentError: The program is missing, the archive encrypted or damaged, or nothing came out of it.
    """
    if find_program("bsdtar") is None:
        message = "rar archives are read where the program bsdtar (Debian: libarchive-tools) is installed"
        raise DocumentError(Category.UNSUPPORTED, f"{message}; install it, or pack the files again as zip")
    members = Members(source)
    repacked = source.workdir / "repacked.tar"
    fault = _repack(source, str(repacked))
    if repacked.exists():
        with repacked.open("rb") as stream:
            add_tar(members, stream)
        repacked.unlink()
    if fault and not members.children:
        raise fault
    if fault:
        members.leave_out("the rest", fault.category, f"did not come out ({fault})")
        members.open_end = True
    return members.converted(source.format)


def _repack(source: Source, target: str) -> DocumentError | None:
    """Make a tar of the archive: names, links and devices are then judged where those of every tar are."""
    arguments = ["bsdtar", "-c", "--format", "pax", "-f", target, f"@{source.path}"]
    try:
        run_program(
            arguments,
            workdir=source.workdir,
            seconds=source.limits.wall_seconds * _SHARE_OF_TIME,
            purpose="reading rar archives",
        )
    except ProgramFailedError as error:
        said = str(error).replace(str(source.path), "it")
        if "ncrypt" in said or "assphrase" in said:
            message = "the rar archive is encrypted; upload it without a password"
            return DocumentError(Category.ENCRYPTED, message)
        if "unavailable" in said or "nsupported" in said:
            return DocumentError(Category.UNSUPPORTED, f"this kind of rar archive is not read ({said}); use zip")
        category = error.category if error.category is not Category.CRASH else Category.CORRUPT
        kinds = "encrypted, one volume of several, or damaged"
        return DocumentError(category, f"the rar archive is {kinds} ({said}); pack the files as one zip archive")
    return None
