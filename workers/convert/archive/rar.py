"""Rar archives, through the program bsdtar (libarchive, a free reader) where it is installed."""

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
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
        raise DocumentError(Category.UNSUPPORTED, Sentence.of("rar-without-bsdtar"))
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
        members.leave_out("the rest", fault.category, Sentence.of("files-did-not-come-out", cause=fault.said))
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
            purpose=Sentence.of("purpose-rar"),
        )
    except ProgramFailedError as error:
        said = str(error).replace(str(source.path), "it")
        if "ncrypt" in said or "assphrase" in said:
            return DocumentError(Category.ENCRYPTED, Sentence.of("rar-password"))
        if "unavailable" in said or "nsupported" in said:
            return DocumentError(Category.UNSUPPORTED, Sentence.of("rar-kind-unknown", error=said))
        category = error.category if error.category is not Category.CRASH else Category.CORRUPT
        return DocumentError(category, Sentence.of("rar-unreadable", error=said))
    return None
