"""What all kinds of mail share: the head as first block and clues, the body as blocks."""

import re
from collections.abc import Iterable
from dataclasses import replace

from schemas.blocks import Block, Clue, Converted
from workers.convert.html.reader import from_tree
from workers.convert.html.tree import parse
from workers.convert.text.txt import lines_of

LABELS = {"from": "发件人", "to": "收件人", "cc": "抄送", "date": "日期", "subject": "主题"}
_UNFOLD = re.compile(r"[\r\n]+[ \t]*")


def head_blocks(head: dict[str, str]) -> tuple[Block, ...]:
    """Return the head of a mail as one table-like block, line by line; empty if it says nothing.

    Args:
        head: Values by the keys of ``LABELS``.
    """
    lines = [f"{LABELS[name]}：{_UNFOLD.sub(' ', value)}" for name, value in head.items() if value.strip()]
    return (Block(text="\n".join(lines)),) if lines else ()


def head_clues(head: dict[str, str]) -> tuple[Clue, ...]:
    """Return the head of a mail as clues, the subject as its title."""
    labels = {**{name: name.capitalize() for name in LABELS}, "subject": "title"}
    return tuple(Clue(labels[name], value.strip(), "embedded") for name, value in head.items() if value.strip())


def page_body(data: bytes) -> Converted:
    """Return the body of a mail that is a web page."""
    page = parse(data)
    if page.root is None:
        return Converted("html", tuple(Block(text=line) for line in page.lines), unseen=page.unseen)
    return replace(from_tree(page.root), unseen=page.unseen)


def text_body(text: str) -> Converted:
    """Return the body of a mail that is plain text."""
    return Converted("txt", tuple(Block(text=line) for line in lines_of(text)))


def unfold_flowed(text: str, *, delete_space: bool) -> str:
    """Return a text with the lines joined that go on in the next: those that end with a space (RFC 3676, 4.1 and 4.2).

    Args:
        text: The text.
        delete_space: Whether that space is none of the text.
    """
    lines: list[list[str]] = []  # the parts of each
    flows = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = line.startswith(">") or line == "-- "
        plain = line.removeprefix(" ")  # 4.4: stuffed
        if not flows or quoted:
            lines.append([])
        flows = plain.endswith(" ") and not quoted
        lines[-1].append(plain[:-1] if flows and delete_space else plain)
    return "\n".join(map("".join, lines))


def shows_text(blocks: Iterable[Block]) -> bool:
    """Return whether a reader of the mail would see any text."""
    return any(block.text.strip() for block in blocks if block.role == "body")
