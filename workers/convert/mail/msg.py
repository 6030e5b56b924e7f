"""Mail as Outlook saves it ([MS-OXMSG]), by python-oxmsg."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from oxmsg import Message

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.members import Members
from workers.convert.mail.page import head_blocks, head_clues, page_body, shows_text, text_body
from workers.convert.source import Source
from workers.convert.text.unseen import suspect_stretches

_DAMAGED = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError, AssertionError)
_HTML, _RTF = 0x1013, 0x1009  # PidTagHtml, PidTagRtfCompressed
_SHORT_NAME, _DISPLAY_NAME = 0x3704, 0x3001  # PidTagAttachFilename, PidTagDisplayName


def read(source: Source) -> Converted:
    """Return a mail: its head and body as blocks, its attachments as children.

    Raises:
        DocumentError: It is damaged, or there is nothing in it.
    """
    try:
        message = Message.load(str(source.path))
        head, body = _head(message), _body(message)
        attachments = list(message.attachments)
    except _DAMAGED as error:
        raise DocumentError(Category.CORRUPT, Sentence.of("outlook-damaged", error=str(error))) from None
    members = Members(source)
    for number, attachment in enumerate(attachments, 1):
        _add(members, attachment, number)
    converted = members.converted(source.format, blocks=head_blocks(head) + body.blocks, clues=head_clues(head))
    return replace(converted, problems=(*converted.problems, *body.problems), unseen=body.unseen)


def _head(message: Any) -> dict[str, str]:
    recipients = "; ".join(str(each.name or each.email_address or "") for each in message.recipients)
    sent = message.sent_date
    return {
        "from": message.sender or "",
        "to": recipients,
        "date": sent.isoformat() if sent else "",
        "subject": message.subject or "",
    }


def _body(message: Any) -> Converted:
    pages = (page_body(page) for page in _pages(message))
    plain = text_body(message.body or "")
    shown = next((page for page in pages if shows_text(page.blocks)), None)
    if shown is None:
        return plain
    return replace(shown, unseen=(*shown.unseen, *suspect_stretches(block.text for block in plain.blocks)))


def _pages(message: Any) -> Iterator[bytes]:
    data = message.properties.binary_prop_value(_HTML)
    if data:
        yield data
    elif message.html_body:
        yield str(message.html_body).encode()


def _add(members: Members, attachment: Any, number: int) -> None:
    properties = attachment.properties
    name = attachment.file_name or properties.str_prop_value(_SHORT_NAME) or properties.str_prop_value(_DISPLAY_NAME)
    name = name or f"part {number}"
    try:
        data = attachment.file_bytes
    except _DAMAGED as error:
        members.leave_out(name, Category.CORRUPT, Sentence.of("files-damaged", error=str(error)))
        return
    if data is None:
        members.leave_out(name, Category.UNSUPPORTED, Sentence.of("files-embedded"))
        return
    members.add(name, lambda: [data])
