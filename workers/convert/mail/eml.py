"""Mail as it travels (RFC 5322, MIME): head, body, and its attachments as children."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from typing import cast

from schemas.blocks import Block, Converted
from schemas.outcomes import Problem
from workers.convert.archive.members import Members
from workers.convert.mail.page import LABELS, head_blocks, head_clues, page_blocks, shows_text, text_blocks
from workers.convert.source import Source
from workers.convert.text.encoding import decode

_EXTENSIONS = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "text/calendar": ".ics"}
_MAX_DEPTH = 50


def read(source: Source) -> Converted:
    """Return a mail: its head and body as blocks, its attachments as children.

    Raises:
        DocumentError: There is nothing in it.
    """
    with source.path.open("rb") as file:
        message = BytesParser(policy=policy.compat32).parse(file)
    head = {name: value for name in LABELS if (value := header(message, name))}
    body, attached = _parts(message)
    blocks, problems = _body(body)
    members = Members(source)
    for number, part in enumerate(attached, 1):
        data = _data(part)
        members.add(_name(part, number), lambda data=data: [data])  # type: ignore[misc]
    converted = members.converted(source.format, blocks=head_blocks(head) + blocks, clues=head_clues(head))
    faults = (*problems, *(_fault(part) for part in message.walk() if part.defects))
    return replace(converted, problems=(*converted.problems, *faults))


def header(message: Message, name: str) -> str:
    """Return a header as a reader sees it: encoded words decoded, raw bytes read as the Chinese text they are."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return readable(raw)


def readable(raw: str) -> str:
    """Return a raw header value as text.

    Args:
        raw: As the standard library parses it: bytes beyond ASCII are lone surrogates.
    """
    data = raw.encode("utf-8", "surrogateescape")
    if not data.isascii():
        return decode(data).text
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    return "".join(map(_piece, _join(pieces))).strip()


def _join(pieces: Iterable[tuple[bytes | str, str | None]]) -> Iterator[tuple[bytes, str | None]]:
    """Yield the pieces of a header, neighbours of one charset together: some mailers cut inside a character."""
    waiting: tuple[bytes, str | None] | None = None
    for text, charset in pieces:
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        if waiting and waiting[1] == charset:
            waiting = waiting[0] + data, charset
            continue
        if waiting:
            yield waiting
        waiting = data, charset
    if waiting:
        yield waiting


def _piece(piece: tuple[bytes, str | None]) -> str:
    data, charset = piece
    return decode(data, declared=charset).text if charset or not data.isascii() else data.decode()


def _parts(message: Message) -> tuple[list[Message], list[Message]]:
    """Return the parts that are the body, and those that are attached, both in order."""
    body: list[Message] = []
    attached: list[Message] = []
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        inside = part.get_payload()
        if not isinstance(inside, list) or part.get_content_type() == "message/rfc822" or depth > _MAX_DEPTH:
            (body if _is_body(part) else attached).append(part)
        elif part.get_content_type() == "multipart/alternative":
            best, rest = _best([child for child in inside if isinstance(child, Message)])
            waiting.extend((child, depth + 1) for child in reversed([*best, *rest]))
        else:
            waiting.extend((child, depth + 1) for child in reversed(inside) if isinstance(child, Message))
    return body, attached


def _best(alternatives: list[Message]) -> tuple[list[Message], list[Message]]:
    """Return the one body among alternatives, and what is no body at all (calendars, attachments in the wrong place).

    The page is the richest; where it shows no text (a picture of it), the plain text is taken.
    """
    bodies = [part for part in alternatives if part.is_multipart() or _is_body(part)]
    others = [part for part in alternatives if part not in bodies]
    for part in reversed(bodies):
        texts = [inner for inner in part.walk() if _is_body(inner)]
        if any(shows_text(_text(inner)[0]) for inner in texts):
            return [part], others
    return bodies[-1:], others


def _is_body(part: Message) -> bool:
    # A multipart without parts is one whose boundary is nowhere: its text is all there is.
    kinds = part.get_content_type() in {"text/plain", "text/html"} or part.get_content_maintype() == "multipart"
    return (
        kinds and not part.is_multipart() and part.get_content_disposition() != "attachment" and not part.get_filename()
    )


def _body(parts: list[Message]) -> tuple[tuple[Block, ...], list[Problem]]:
    blocks: list[Block] = []
    problems: list[Problem] = []
    for part in parts:
        found, faults = _text(part)
        blocks.extend(found)
        problems.extend(faults)
    return tuple(blocks), problems


def _text(part: Message) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    data = _data(part)
    if part.get_content_type() == "text/html":
        return page_blocks(data), ()
    decoded = decode(data, declared=part.get_content_charset())
    return text_blocks(decoded.text), decoded.problems


def _data(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"\n".join(bytes(inner) for inner in cast("list[Message]", part.get_payload()))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message, number: int) -> str:
    given = part.get_filename()
    if given:
        return readable(given)
    type_ = part.get_content_type()
    if type_ == "message/rfc822":
        inner = cast("list[Message]", part.get_payload())
        return f"{(inner and header(inner[0], 'subject')) or f'mail {number}'}.eml".replace("/", "／")
    return f"part {number}{_EXTENSIONS.get(type_, '')}"


def _fault(part: Message) -> Problem:
    names = ", ".join(sorted({type(defect).__name__ for defect in part.defects}))
    return Problem("convert", f"the mail is malformed ({names}); parts of it may be missing", place="MIME structure")
