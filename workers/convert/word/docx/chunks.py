"""Documents of another format placed into a Word document (``w:altChunk``), which Word shows as part of the text."""

from dataclasses import replace

from schemas.blocks import Block
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.source import Source
from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.docx.wml import Element, R

_MAX_DEPTH = 3


def chunk_blocks(element: Element, package: Package, relations: dict[str, Relation], source: Source) -> list[Block]:
    """Return the blocks of the document a ``w:altChunk`` refers to; a lossy problem where it cannot be read."""
    part = package.place(relations.get(element.get(R + "id", "")))
    if part is None:
        return _report_loss(package, Sentence.of("embedded-missing"))
    try:
        return _convert(part, package, source)
    except DocumentError as error:
        return _report_loss(package, Sentence.of("embedded-unreadable", part=part, cause=error.said))


def _convert(part: str, package: Package, source: Source) -> list[Block]:
    from workers.convert.registry import convert  # noqa: PLC0415 - the registry imports the readers

    data = package.data(part)
    folder = source.workdir / "chunk"
    if data is None or source.workdir.parts[-_MAX_DEPTH:] == ("chunk",) * _MAX_DEPTH:
        return _report_loss(package, Sentence.of("embedded-too-deep", part=part))
    folder.mkdir(exist_ok=True)
    suffix = part.rpartition(".")[2].lower()
    path = folder / f"{len(list(folder.iterdir()))}.part"
    path.write_bytes(data)
    found = convert(path, hint=suffix, workdir=folder, passwords=source.passwords)
    package.problems.extend(found.problems)
    return [replace(block, page=None) for block in found.blocks]


def _report_loss(package: Package, said: Sentence) -> list[Block]:
    package.problems.append(Problem.of("convert", said, lossy=True))
    return []
