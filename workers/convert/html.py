"""Web pages: every visible piece of text in order, told apart into main text and page chrome, and the page's clues.

Nothing is fetched: not images, style sheets, frames or attachments.
"""

from schemas.blocks import Block, Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from workers.convert.html_regions import regions
from workers.convert.html_tree import Page, parse
from workers.convert.html_walk import Piece, walk
from workers.convert.source import Source


def read(source: Source) -> Converted:
    """Return the text of a web page.

    Raises:
        DocumentError: The page shows no text without running its scripts.
    """
    page = parse(source.path.read_bytes())
    blocks = tuple(_blocks(page))
    if not any(block.role != "hidden" for block in blocks):
        message = "the page shows no text (its scripts would load it); save the page from a browser and upload that"
        raise DocumentError(Category.EMPTY, message)
    return Converted(format=source.format, blocks=blocks, encoding=page.encoding, problems=page.problems)


def _blocks(page: Page) -> list[Block]:
    if page.root is None:
        return [Block(text=line) for line in page.lines]
    walked = walk(page.root)
    found = regions(walked)
    return [_block(piece, body) for piece, body in zip(walked.pieces, found.body, strict=True)]


def _block(piece: Piece, body: bool) -> Block:
    role = "hidden" if piece.hidden else "body" if body else "chrome"
    return Block(text=piece.text, role=role, number=piece.number, style=piece.style)  # type: ignore[arg-type]
