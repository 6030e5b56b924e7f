"""Web pages: every visible piece of text in order, told apart into main text and page chrome, and the page's clues.

Nothing is fetched: not images, style sheets, frames or attachments.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from schemas.blocks import Block, Converted, Role, Style
from schemas.errors import DocumentError
from schemas.outcomes import Category
from workers.convert.html.clues import meta_clues, page_clues
from workers.convert.html.links import attachments
from workers.convert.html.publication_dates import stamp_clues
from workers.convert.html.regions import Regions, regions
from workers.convert.html.tables import Rows, data_tables
from workers.convert.html.title import title_pieces
from workers.convert.html.tree import parse
from workers.convert.html.walk import Piece, Walk, walk
from workers.convert.source import Source


def read(source: Source) -> Converted:
    """Return the text of a web page.

    Raises:
        DocumentError: The page shows no text without running its scripts.
    """
    page = parse(source.path.read_bytes())
    if page.root is None:
        converted = Converted(source.format, tuple(Block(text=line) for line in page.lines))
    else:
        converted = replace(from_tree(page.root), format=source.format)
    if not converted.blocks:
        message = "the page shows no text (its scripts would load it); save the page from a browser and upload that"
        raise DocumentError(Category.EMPTY, message)
    return replace(converted, encoding=page.encoding, problems=page.problems)


def from_tree(root: etree._Element) -> Converted:
    """Return blocks, clues and attachments of a parsed page."""
    walked = walk(root)
    found = _shown_regions(walked)
    meta = tuple(meta_clues(root))
    around = page_clues(walked, found)
    titles = title_pieces(walked.pieces, found, [clue.value for clue in meta], around.used)
    body = [(main or index in titles) and index not in around.used for index, main in enumerate(found.body)]
    tables = data_tables(walked, body)
    return Converted(
        format="html",
        blocks=tuple(_blocks(walked.pieces, body, tables, titles)),
        clues=(*meta, *stamp_clues(root), *around.clues),
        attachments=attachments(walked.links),
    )


def _shown_regions(walked: Walk) -> Regions:
    """Return the regions of a page; a text hidden until a script shows it counts as shown, where there is no other."""
    found = regions(walked)
    if any(found.body):
        return found
    for piece in walked.pieces:
        piece.hidden = False
    found = regions(walked)
    count = len(walked.pieces)
    return found if any(found.body) else Regions(main=None, body=[True] * count, prose_starts=count)


def _blocks(
    pieces: list[Piece], body: list[bool], tables: dict[int, tuple[range, Rows]], titles: frozenset[int]
) -> Iterator[Block]:
    index = 0
    while index < len(pieces):
        if index in tables:
            covered, rows = tables[index]
            yield Block(text="\n".join("\t".join(row) for row in rows), kind="table", rows=rows)
            index = covered.stop
            continue
        piece = pieces[index]
        role: Role = "hidden" if piece.hidden else "body" if body[index] else "chrome"
        style = piece.style
        if index in titles and (style is None or style.heading_level is None):
            style = replace(style or Style(), heading_level=1)
        yield Block(text=piece.text, role=role, number=piece.number, style=style)
        index += 1
