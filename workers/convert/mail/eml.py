"""Mail as it travels (RFC 5322, MIME): head, body, and its attachments as children."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from typing import cast

from schemas.blocks import Converted
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.archive.members import Members
from workers.convert.mail.page import LABELS, head_blocks, head_clues, page_body, shows_text, text_body, unfold_flowed
from workers.convert.source import Source
from workers.convert.text.encoding import decode
from workers.convert.text.unseen import suspect_stretches

_EXTENSIONS = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "text/calendar": ".ics"}
_MAX_DEPTH = 50
_TECHNICAL = frozenset({"received", "message-id", "dkim-signature", "date", "references", "in-reply-to"})


def read(source: Source) -> Converted:
    """Return a mail: its head and body as blocks, its attachments as children.

    Raises:
        DocumentError: There is nothing in it.
    """
    with source.path.open("rb") as file:
        return read_message(BytesParser(policy=policy.compat32).parse(file), source)


def read_message(message: Message, source: Source) -> Converted:
    """Return a parsed mail as ``read`` does.

    Raises:
        DocumentError: There is nothing in it.
    """
    head = {name: value for name in LABELS if (value := header(message, name))}
    parts, attached = _parts(message)
    body = [_text(part) for part in parts]
    members = Members(source)
    for number, part in enumerate(attached, 1):
        data = _data(part)
        members.add(_name(part, number), lambda data=data: [data])  # type: ignore[misc]
    blocks = tuple(block for part in body for block in part.blocks)
    converted = members.converted(source.format, blocks=head_blocks(head) + blocks, clues=head_clues(head))
    faults = (*(each for part in body for each in part.problems), *(_fault(p) for p in message.walk() if p.defects))
    unseen = (
        *(text for part in body for text in part.unseen),
        *_other_bodies(message, parts),
        *_other_headers(message),
    )
    return replace(converted, problems=(*converted.problems, *faults), unseen=unseen)


def _other_bodies(message: Message, shown: list[Message]) -> tuple[str, ...]:
    """Return what the alternatives that are not shown say, as far as it may be personal."""
    others = [part for part in message.walk() if _is_body(part) and part not in shown]
    return suspect_stretches(block.text for part in others for block in _text(part).blocks)


def _other_headers(message: Message) -> tuple[str, ...]:
    """Return what headers say that no reader of mail shows, as far as it may be personal; of all parts."""
    headers = (value for part in message.walk() for name, value in part.raw_items() if name.lower() not in _TECHNICAL)
    return suspect_stretches(readable(value) for value in headers)


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
        if any(shows_text(_text(inner).blocks) for inner in texts):
            return [part], others
    return bodies[-1:], others


def _is_body(part: Message) -> bool:
    # A multipart without parts is one whose boundary is nowhere: its text is all there is.
    kinds = part.get_content_type() in {"text/plain", "text/html"} or part.get_content_maintype() == "multipart"
    return (
        kinds and not part.is_multipart() and part.get_content_disposition() != "attachment" and not _given_name(part)
    )


def _text(part: Message) -> Converted:
    data = _data(part)
    if part.get_content_type() == "text/html":
        return page_body(data)
    decoded = decode(data, declared=part.get_content_charset())
    text = decoded.text
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unfold_flowed(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return replace(text_body(text), problems=decoded.problems)


def _data(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"\n".join(bytes(inner) for inner in cast("list[Message]", part.get_payload()))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message, number: int) -> str:
    given = _given_name(part)
    if given:
        return given
    type_ = part.get_content_type()
    if type_ == "message/rfc822":
        inner = cast("list[Message]", part.get_payload())
        return f"{(inner and header(inner[0], 'subject')) or f'mail {number}'}.eml".replace("/", "／")
    return f"part {number}{_EXTENSIONS.get(type_, '')}"


def _given_name(part: Message) -> str | None:
    """Return the name a part gives itself: ``filename*`` before ``filename`` (RFC 6266, 4.3), any bytes of it read."""
    for field, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        raw = next((value for key, value in part.raw_items() if key.lower() == field), "")
        data = raw.encode("utf-8", "surrogateescape")
        plain = Message()
        plain[field] = raw if data.isascii() else decode(data).text.replace("\r", "").replace("\n", "")
        values = [value for name, value in plain.get_params([], field) if name.lower() == parameter]
        encoded = next((value for value in values if isinstance(value, tuple)), None)
        if encoded:
            return decode(encoded[2].encode("latin-1", "replace"), declared=encoded[0]).text
        if values and values[0]:
            return readable(values[0])
    return None


def _fault(part: Message) -> Problem:
    names = ", ".join(sorted({type(defect).__name__ for defect in part.defects}))
    return Problem.of("convert", Sentence.of("mail-malformed", defects=names), place="MIME structure")
