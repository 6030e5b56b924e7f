"""Document properties of a compound file (doc, xls, ppt) as clues, whatever the state of its other streams."""

from pathlib import Path

import olefile

from schemas.blocks import Clue
from workers.convert.package.ole_properties import DOCUMENT_SUMMARY, SUMMARY, read_properties


def ole_clues(path: Path) -> tuple[Clue, ...]:
    """Return the properties that are set; none if the container cannot be read."""
    try:
        with olefile.OleFileIO(path) as container:
            streams = [(name, container.openstream(name).read()) for name in _present(container)]
    except (OSError, ValueError, IndexError, TypeError):
        return ()
    return tuple(clue for name, data in streams for clue in read_properties(name, data))


def _present(container: olefile.OleFileIO) -> list[str]:
    return [name for name in (SUMMARY, DOCUMENT_SUMMARY) if container.exists(name)]
