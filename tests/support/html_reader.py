"""Web pages written by hand, as the reader reads them."""

from pathlib import Path

from schemas.blocks import Converted
from workers.convert.html.reader import read
from workers.convert.source import Source

PROSE = "为了规范政府信息公开工作，提高政府工作的透明度，建设法治政府，充分发挥政府信息的服务作用，制定本办法。"


def reading(folder: Path, page: str | bytes) -> Converted:
    """Return a page as it is read."""
    path = folder / "made.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return read(Source(path=path, format="html", hint="html", workdir=folder))


def body(converted: Converted) -> list[str]:
    """Return the texts of the body, block by block."""
    return [block.text for block in converted.blocks if block.role == "body"]
