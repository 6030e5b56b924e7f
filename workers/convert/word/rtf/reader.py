"""The way from an RTF to its blocks: tokens in, stories out."""

from collections.abc import Iterator

from schemas.blocks import Clue, Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.source import Source
from workers.convert.word.omissions import report_omissions
from workers.convert.word.rtf.document import Document
from workers.convert.word.rtf.tokens import Tokens
from workers.convert.word.rtf.unseen import read_unseen

_INFO = {
    **{"title": "title", "subject": "subject", "author": "author", "operator": "last_modified_by"},
    **{"keywords": "keywords", "category": "category", "company": "company", "creatim": "created"},
    "revtim": "modified",
}
_MAX_LENGTH = 1000


def read(source: Source) -> Converted:
    """Read an RTF file.

    Raises:
        DocumentError: It is nested without end, or holds no text and is cut short.
    """
    data = source.path.read_bytes()
    document = Document(Tokens(data), read_unseen(data))
    document.read()
    body = document.stories[0].end(document.state.paragraph)
    if document.unfinished and not body:
        raise DocumentError(Category.CORRUPT, Sentence.of("rtf-cut-short"))
    return Converted(
        format="rtf",
        blocks=(*document.margins["header"], *body, *document.margins["footer"]),
        clues=tuple(_clues(document)),
        encoding=document.codec,
        problems=tuple(_problems(document)),
    )


def _clues(document: Document) -> Iterator[Clue]:
    for name, label in _INFO.items():
        if value := "".join(document.info.get(name, ())).strip():
            yield Clue(label, value[:_MAX_LENGTH], "embedded")


def _problems(document: Document) -> Iterator[Problem]:
    if document.unfinished:
        said = Sentence.of("rtf-open-end")
        yield Problem.of("convert", said, Category.CORRUPT, place="end of file", lossy=True)
    if document.lost:
        yield Problem.of("convert", Sentence.of("rtf-bytes", count=document.lost), lossy=True)
    yield from report_omissions(document.deletions, document.comments, document.objects, hidden=document.hidden)
