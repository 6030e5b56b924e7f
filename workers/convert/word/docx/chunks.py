"""Documents of another format placed into a Word document (``w:altChunk``), which Word shows as part of the text."""

from dataclasses import replace

from schemas.blocks import Block
from schemas.errors import DocumentError
from schemas.outcomes import Problem
from workers.convert.source import Source
from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.docx.wml import Element, R

_MAX_DEPTH = 3


def chunk_blocks(element: Element, package: Package, relations: dict[str, Relation], source: Source) -> list[Block]:
    """Return the blocks of the document a ``w:altChunk`` refers to; a lossy problem where it cannot be read."""
    part = package.place(relations.get(element.get(R + "id", "")))
    if part is None:
        return _report_loss(package, "an embedded document is missing or stands twice")
    try:
        return _convert(part, package, source)
    except DocumentError as error:
        return _report_loss(package, f"embedded document {part}: {error}")


def _convert(part: str, package: Package, source: Source) -> list[Block]:
    from workers.convert.registry import convert  # noqa: PLC0415 - the registry imports the readers

    data = package.data(part)
    folder = source.workdir / "chunk"
    if data is None or source.workdir.parts[-_MAX_DEPTH:] == ("chunk",) * _MAX_DEPTH:
        return _report_loss(package, f"embedded document {part} is missing or nested too deep")
    folder.mkdir(exist_ok=True)
    suffix = part.rpartition(".")[2].lower()
    path = folder / f"{len(list(folder.iterdir()))}.part"
    path.write_bytes(data)
    found = convert(path, hint=suffix, workdir=folder, passwords=source.passwords)
    package.problems.extend(found.problems)
    return [replace(block, page=None) for block in found.blocks]


def _report_loss(package: Package, message: str) -> list[Block]:
    package.problems.append(Problem("convert", f"{message}; its text is left out", lossy=True))
    return []
