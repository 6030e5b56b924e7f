"""The way from a binary Word document to its blocks: open the container, find the stories, read them in order."""

from collections.abc import Iterator

import olefile

from schemas.blocks import Block, Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.package.ole_properties import DOCUMENT_SUMMARY, SUMMARY, read_properties
from workers.convert.source import Source
from workers.convert.word.doc.binary import Damaged
from workers.convert.word.doc.container import open_container, stream_of
from workers.convert.word.doc.document import Document, read_document
from workers.convert.word.doc.fib import read_fib
from workers.convert.word.doc.old import is_old, read_old
from workers.convert.word.doc.stories import Hanging, margins, story_starts
from workers.convert.word.doc.story import Story
from workers.convert.word.numbering import Counters
from workers.convert.word.omissions import report_omissions


def read(source: Source) -> Converted:
    """Read a Word 6 to 2003 document.

    Raises:
        DocumentError: The file is encrypted, or too damaged to find its text.
    """
    with open_container(source.path) as container:
        try:
            main = stream_of(container, "WordDocument")
            if is_old(main):
                return read_old(source, main)
            document = _document(container, main)
            blocks = tuple(_blocks(document))
        except Damaged as error:
            raise DocumentError(Category.CORRUPT, Sentence.of("word-cut-short", error=str(error))) from error
        clues = tuple(
            clue for name in (SUMMARY, DOCUMENT_SUMMARY) for clue in read_properties(name, stream_of(container, name))
        )
        comments = len(document.places("comment_calls", 30))
        remarks = report_omissions(document.deletions, comments, _objects(container), hidden=document.hidden)
        problems = (*document.problems, *remarks)
    return Converted(format="doc", blocks=blocks, clues=clues, problems=problems)


def _document(container: olefile.OleFileIO, main: bytes) -> Document:
    fib = read_fib(main)
    if fib.encrypted:
        raise DocumentError(Category.ENCRYPTED, Sentence.of("document-password"))
    table = stream_of(container, fib.table)
    return read_document(fib, main, table, stream_of(container, "Data"))


def _objects(container: olefile.OleFileIO) -> int:
    """Return the number of embedded objects."""
    return len({entry[1] for entry in container.listdir() if len(entry) > 1 and entry[0] == "ObjectPool"})


def _blocks(document: Document) -> Iterator[Block]:
    starts = story_starts(document)
    hanging = Hanging(document, starts)
    body = Story(document, "body", Counters(), hanging.between)
    start, end = starts["body"]
    blocks = body.read(start, end)
    yield from margins(document, starts, "header")
    yield from blocks
    yield from hanging.rest()
    yield from margins(document, starts, "footer")
    # Review comments: nobody reads them in the text, and whoever opens the file has them.
    yield from Story(document, "hidden", Counters()).read(*starts["comments"])
    document.deletions = body.inline.deletions
