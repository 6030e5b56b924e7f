"""Markdown: headings with their level, paragraphs whole, tables; marks of emphasis and links taken off the text."""

import re
from collections.abc import Iterator

from schemas.blocks import Block, Clue, Converted, Style
from workers.convert.source import Source
from workers.convert.table_blocks import table_blocks
from workers.convert.text.encoding import decode

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*)")
_UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]*")
_CLOSING = re.compile(r"(?:^|(?<=[ \t]))#+$")
_MARK = re.compile(r"\A(?:[-*+>][ \t]+)+")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9])(\*\*|__|\*|`|~~)(?=\S)([^*_`~]{1,1000}?)(?<=\S)\1(?![A-Za-z0-9])")
_FENCE = ("```", "~~~")
_MATTER = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){1,100}?)---[ \t]*(?:\n|\Z)")


def read(source: Source) -> Converted:
    """Read a Markdown file in whatever encoding it is."""
    decoded = decode(source.path.read_bytes())
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    matter = _MATTER.match(text)
    clues = tuple(_clues(matter[1])) if matter else ()
    blocks = tuple(_blocks(text[matter.end() :] if matter else text))
    return Converted("md", blocks, clues=clues, encoding=decoded.encoding, problems=decoded.problems)


def _clues(matter: str) -> Iterator[Clue]:
    for line in matter.splitlines():
        label, separator, value = line.partition(":")
        if separator and (value := value.strip().strip("\"'")) and not label[:1].isspace():
            yield Clue(label.strip(), value, "embedded")


def _blocks(text: str) -> Iterator[Block]:
    """Yield a block for every line, as of plain text: Chinese authors end paragraphs with one line end."""
    lines = text.split("\n")
    index = 0
    fenced = False
    while index < len(lines):
        line = lines[index].strip()
        follower = lines[index + 1] if index + 1 < len(lines) else ""
        index += 1
        if line.startswith(_FENCE):
            fenced = not fenced
        elif fenced:
            yield from ([Block(line)] if line else [])
        elif line and (underline := _UNDERLINE.fullmatch(follower)):
            yield from _heading(line, 1 if underline[1][0] == "=" else 2)
            index += 1
        elif found := _HEADING.fullmatch(line):
            yield from _heading(_CLOSING.sub("", found[2]), len(found[1]))
        elif "|" in line and "-" in follower and _TABLE_RULE.fullmatch(follower):
            end = next((i for i in range(index + 1, len(lines)) if "|" not in lines[i]), len(lines))
            yield from _table([line, *lines[index + 1 : end]])
            index = end
        elif line and not _RULE.fullmatch(line):
            yield from _line(line)


def _heading(text: str, level: int) -> Iterator[Block]:
    if plain := _plain(text):
        yield Block(plain, style=Style(heading_level=level))


def _line(line: str) -> Iterator[Block]:
    text = _MARK.sub("", line)
    if plain := _plain(text):
        bold = text.startswith("**") and text.endswith("**") and text.count("**") == 2
        yield Block(plain, style=Style(bold=True) if bold else None)


def _table(lines: list[str]) -> Iterator[Block]:
    rows = [[[Block(_plain(cell))] for cell in line.strip().strip("|").split("|")] for line in lines]
    yield from table_blocks(rows)


def _plain(text: str) -> str:
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text)).strip()
