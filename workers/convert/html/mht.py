"""Saved web pages (mht): the page inside, read as any web page with the style sheets saved beside it; no pictures."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from schemas.blocks import Clue, Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.source import Source

_MAX_PAGES = 50
_MOST_BYTES = 1_000_000
_HEAD_END = re.compile(rb"</head\s*>|<body\b", re.IGNORECASE)
_HEADERS = {"Subject": "title", "Snapshot-Content-Location": "url"}


def read(source: Source) -> Converted:
    """Read a saved page and the pages in its frames.

    Raises:
        DocumentError: No page is inside, or none shows text.
    """
    message = message_from_bytes(source.path.read_bytes(), policy=policy.compat32)
    pages = list(_pages(message, source))
    if not pages:
        raise DocumentError(Category.EMPTY, Sentence.of("saved-page-without-text"))
    return replace(
        pages[0],
        format="mht",
        blocks=tuple(block for page in pages for block in page.blocks),
        clues=(*(clue for page in pages for clue in page.clues), *_clues(message)),
        attachments=tuple(dict.fromkeys(name for page in pages for name in page.attachments)),
        problems=tuple(problem for page in pages for problem in page.problems),
        unseen=tuple(text for page in pages for text in page.unseen),
    )


def _pages(message: Message, source: Source) -> Iterator[Converted]:
    from workers.convert.html import reader as html  # noqa: PLC0415 - the readers of what is inside
    from workers.convert.text import txt  # noqa: PLC0415 - the readers of what is inside

    readers = {"text/html": html.read, "application/xhtml+xml": html.read, "text/plain": txt.read}
    found = [part for part in message.walk() if part.get_content_type() in readers]
    pages = [part for part in found if part.get_content_type() != "text/plain"] or found[:1]
    sheets = _sheets(message)
    for number, part in enumerate(pages[:_MAX_PAGES]):
        data = _data(part)
        path = source.workdir / f"page{number}.html"
        path.write_bytes(_with_sheets(_with_charset(data, part.get_content_charset()), sheets))
        try:
            yield readers[part.get_content_type()](replace(source, path=path, format="html"))
        except DocumentError as error:
            if error.category is not Category.EMPTY:
                raise
        finally:
            path.unlink()


def _data(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _sheets(message: Message) -> bytes:
    """Return the style sheets saved beside the pages as one; what is not ASCII in them is no name of the kind read."""
    found = [_data(part) for part in message.walk() if part.get_content_type() == "text/css"]
    sheet = b"\n".join(found)[:_MOST_BYTES].decode("ascii", "ignore").replace("</", "").encode()
    return b"<style>" + sheet + b"</style>" if sheet.strip() else b""


def _with_sheets(page: bytes, sheets: bytes) -> bytes:
    """Return a page with style sheets at the end of its head, behind what says its charset."""
    end = _HEAD_END.search(page)
    return page[: end.start()] + sheets + page[end.start() :] if end and sheets else page


def _with_charset(data: bytes, charset: str | None) -> bytes:
    """Return a page that names the charset its mail header names, if it names none itself."""
    if not charset or b"charset" in data[:2048].lower() or not charset.isascii():
        return data
    return b'<meta charset="' + charset.encode("ascii") + b'">' + data


def _clues(message: Message) -> Iterator[Clue]:
    decoded = EmailMessage(policy=policy.default)
    for header, label in _HEADERS.items():
        if (value := message.get(header)) and len(value) < 2000:
            decoded[header] = " ".join(str(value).split())
            yield Clue(label, str(decoded[header]), "embedded")
