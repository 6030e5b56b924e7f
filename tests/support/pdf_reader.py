"""PDF files written by hand, as the reader reads them."""

from pathlib import Path

from schemas.blocks import Converted
from workers.convert.pdf.reader import read
from workers.convert.source import Source


def reading(folder: Path, data: bytes, *, scans: bool = True) -> Converted:
    """Return a PDF as it is read."""
    path = folder / "made.pdf"
    path.write_bytes(data)
    return read(Source(path=path, format="pdf", hint="pdf", workdir=folder, scans=scans))
