"""Web pages: every visible piece of text in order, told apart into main text and page chrome, and the page's clues.

Nothing is fetched: not images, style sheets, frames or attachments.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from schemas.blocks import Block, Converted, Role, Style
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.html.clues.page import meta_clues, page_clues
from workers.convert.html.clues.publication_dates import stamp_clues
from workers.convert.html.css.sheets import apply_sheets
from workers.convert.html.hidden import remarks, reveal, reveal_all
from workers.convert.html.links import attachments
from workers.convert.html.regions import Regions, regions
from workers.convert.html.tables import Rows, data_tables
from workers.convert.html.title import title_pieces
from workers.convert.html.tree import parse
from workers.convert.html.walk import Aside, Piece, Walk, walk
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
        raise DocumentError(Category.EMPTY, Sentence.of("html-without-text"))
    problems = (*page.problems, *converted.problems)
    return replace(converted, encoding=page.encoding, problems=problems, unseen=page.unseen)


def from_tree(root: etree._Element) -> Converted:
    """Return blocks, clues and attachments of a parsed page."""
    apply_sheets(root)
    walked = walk(root)
    found = _shown_regions(walked)
    meta = tuple(meta_clues(root))
    around = page_clues(walked, found)
    titles = title_pieces(walked.pieces, found, [clue.value for clue in meta], around.used)
    body = [(main or index in titles) and index not in around.used for index, main in enumerate(found.body)]
    tables = data_tables(walked, body, frozenset(around.judged))
    return Converted(
        format="html",
        blocks=tuple(_blocks(walked, body, tables, titles)),
        clues=(*meta, *stamp_clues(root), *around.clues),
        attachments=attachments(walked.links),
        problems=tuple(remarks(walked)),
    )


def _shown_regions(walked: Walk) -> Regions:
    """Return the regions of a page; a text hidden until a script shows it counts as shown, where there is no other."""
    reveal(walked)
    found = regions(walked)
    if any(found.body):
        return found
    reveal_all(walked)
    found = regions(walked)
    if any(found.body):
        return found
    count = len(walked.pieces)
    body = [not piece.hidden for piece in walked.pieces]
    return Regions(main=None, body=body, prose_starts=count)


def _blocks(
    walked: Walk, body: list[bool], tables: dict[int, tuple[range, Rows]], titles: frozenset[int]
) -> Iterator[Block]:
    index, asides = 0, iter((*walked.asides, Aside("", len(walked.pieces))))
    aside = next(asides)
    while index < len(walked.pieces):
        covered, rows = tables.get(index, (range(index, index + 1), ()))
        if rows:
            yield Block(text="\n".join("\t".join(row) for row in rows), kind="table", rows=rows)
            hidden = (walked.pieces[at] for at in covered if walked.pieces[at].hidden)
            yield from (Block(text=piece.text, role="hidden") for piece in hidden)
        else:
            yield _block(walked.pieces[index], body=body[index], title=index in titles)
        index = covered.stop
        while aside.piece < index:
            yield Block(text=aside.text, role="hidden")
            aside = next(asides)


def _block(piece: Piece, *, body: bool, title: bool) -> Block:
    role: Role = "hidden" if piece.hidden else "body" if body else "chrome"
    style = piece.style
    if title and (style is None or style.heading_level is None):
        style = replace(style or Style(), heading_level=1)
    return Block(text=piece.text, role=role, number=piece.number, style=style)
