"""Mailboxes: ``mbox`` (RFC 4155), whose mails become children, and ``emlx``, one mail each of Apple Mail."""

import mailbox
from collections.abc import Iterator
from email import message_from_bytes, policy

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.members import Members
from workers.convert.mail.eml import header, read_message
from workers.convert.source import Source

_MAX_SUBJECT_LENGTH = 80


def read(source: Source) -> Converted:
    """Return the mails of a mailbox as children, or the one mail of an ``emlx`` file as ``eml`` is read.

    Raises:
        DocumentError: There is no mail in it, or the mail is cut off.
    """
    return _emlx(source) if source.format == "emlx" else _mbox(source)


def _mbox(source: Source) -> Converted:
    members = Members(source)
    for number, mail in enumerate(_mails(source), 1):
        if members.full:
            members.leave_at_limit(f"mail {number}")
            continue
        subject = header(message_from_bytes(mail, policy=policy.compat32), "subject")[:_MAX_SUBJECT_LENGTH]
        name = " ".join(f"{number:04d} {subject.replace('/', '／')}".split())
        members.add(f"{name}.eml", lambda mail=mail: [mail])  # type: ignore[misc]
    return members.converted(source.format)


def _mails(source: Source) -> Iterator[bytes]:
    box = mailbox.mbox(source.path, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()


def _emlx(source: Source) -> Converted:
    with source.path.open("rb") as file:
        length = int(file.readline(32))
        mail = file.read(length)
    if len(mail) < length:
        raise DocumentError(Category.CORRUPT, Sentence.of("mail-cut-off", read=len(mail), length=length))
    return read_message(message_from_bytes(mail, policy=policy.compat32), source)
