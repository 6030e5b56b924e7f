"""Markdown: headings with their level, paragraphs whole, tables; marks of emphasis and links taken off the text."""

import re
from collections.abc import Iterator, Sequence

from schemas.blocks import Block, Clue, Converted, Style
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.source import Source
from workers.convert.table_blocks import table_blocks
from workers.convert.text.encoding import decode
from workers.convert.text.md_code import Shown, fence_after, take_comments
from workers.convert.text.md_lists import count_lists
from workers.convert.text.notation import TICKED, UNTICKED, lower_text, raise_text, struck
from workers.convert.text.unseen import suspect_stretches

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*)")
_UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]*")
_CLOSING = re.compile(r"(?:^|(?<=[ \t]))#+$")
_MARK = re.compile(r"\A(?:[-*+>][ \t]+)+")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)")
_NAMED_LINK = re.compile(r"!?\[([^\[\]]{1,500})\] ?\[[^\[\]]{0,200}\]")
_ADDRESS = (
    r"(?:<[^<>]*>|[A-Za-z][A-Za-z0-9+.-]*:\S+|(?:#|\.{0,2}/|www\.)\S+|\S+/"
    r"|[^\s?#]+\.[A-Za-z][A-Za-z0-9]{0,4}(?:[?#]\S*)?)"
)
_DEFINITION = re.compile(
    rf" {{0,3}}\[[^\[\]^][^\[\]]{{0,200}}\]: *{_ADDRESS}(?: +(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))? *"
)
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9])(\*\*|__|\*|`{1,3})(?=\S)([^*_`]{1,1000}?)(?<=\S)\1(?![A-Za-z0-9])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPARE = range(0xF0000, 0x10FF00, 0x80)  # rows of private-use characters, which stand for those escaped
_TICK = re.compile(r"\[([ xX])\][ \t]+")
_SHIFTED = re.compile(r"<(sup|sub|del|s|strike)>([^<>]{1,500})</\1>", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|dd|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|q|small|"
    r"span|strong|summary|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_SHOWN = 20  # characters of what is named as not shown
_MATTER = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){1,100}?)---[ \t]*(?:\n|\Z)")


def read(source: Source) -> Converted:
    """Read a Markdown file in whatever encoding it is."""
    decoded = decode(source.path.read_bytes())
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    matter = _MATTER.match(text)
    clues = tuple(_clues(matter[1])) if matter else ()
    text = text[matter.end() :] if matter else text
    shown = take_comments(text) if "<!--" in text else Shown(text)
    definitions: list[str] = []
    blocks = tuple(_blocks(count_lists(shown.text), definitions))
    unclosed = (shown.unclosed.strip(),) if shown.unclosed else ()
    unseen = (*suspect_stretches((*shown.comments, *definitions)), *unclosed)
    problems = (*decoded.problems, *_remarks((*definitions, *unclosed)))
    return Converted("md", blocks, clues=clues, encoding=decoded.encoding, problems=problems, unseen=unseen)


def _remarks(dropped: Sequence[str]) -> Iterator[Problem]:
    """Yield a remark on what is no text by the rules of Markdown, but may be meant as such."""
    if dropped:
        first = dropped[0][:_SHOWN] + ("…" if len(dropped[0]) > _SHOWN else "")
        length = sum(map(len, dropped))
        yield Problem.of("convert", Sentence.of("markdown-not-shown", places=len(dropped), length=length, first=first))


def _clues(matter: str) -> Iterator[Clue]:
    for line in matter.splitlines():
        label, separator, value = line.partition(":")
        if separator and (value := value.strip().strip("\"'")) and not label[:1].isspace():
            yield Clue(label.strip(), value, "embedded")


def _blocks(text: str, definitions: list[str]) -> Iterator[Block]:
    """Yield a block for every line, as of plain text: Chinese authors end paragraphs with one line end.

    Args:
        text: The text.
        definitions: Takes the lines that define the address of a link.
    """
    lines = text.split("\n")
    index = 0
    fence = ""
    while index < len(lines):
        line = lines[index].strip()
        follower = lines[index + 1] if index + 1 < len(lines) else ""
        index += 1
        before, fence = fence, fence_after(line, fence)
        if before != fence:
            continue
        if fence:
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
        elif _DEFINITION.fullmatch(line):
            definitions.append(line)
        elif line and not _RULE.fullmatch(line):
            yield from _line(line)


def _heading(text: str, level: int) -> Iterator[Block]:
    if plain := _plain(text):
        yield Block(plain, style=Style(heading_level=level))


def _line(line: str) -> Iterator[Block]:
    text = _TICK.sub(_box, _MARK.sub("", line), count=1) if line.startswith(("-", "*", "+")) else _MARK.sub("", line)
    if plain := _plain(text):
        bold = text.startswith("**") and text.endswith("**") and text.count("**") == 2
        yield Block(plain, style=Style(bold=True) if bold else None)


def _table(lines: list[str]) -> Iterator[Block]:
    rows = [[[Block(_plain(cell))] for cell in line.strip().strip("|").split("|")] for line in lines]
    yield from table_blocks(rows)


def _box(found: re.Match[str]) -> str:
    """Return the box of a task (GitHub Flavored Markdown, 5.3)."""
    if found.start():
        return found[0]
    return UNTICKED if found[1] == " " else TICKED


def _plain(text: str) -> str:
    """Return a line as it is shown: without marks of emphasis, addresses of links and tags, raised digits as such."""
    row = _spare_row(text) if "\\" in text else None
    text = _ESCAPED.sub(lambda found: chr(row + ord(found[1])), text) if row is not None else text
    text = _NAMED_LINK.sub(r"\1", _LINK.sub(r"\1", text)) if "[" in text else text
    text = _INLINE_TAG.sub("", _SHIFTED.sub(_marked, text)) if "<" in text else text
    text = _EMPHASIS.sub(r"\2", text)
    return (text.translate({row + sign: sign for sign in range(0x80)}) if row is not None else text).strip()


def _spare_row(text: str) -> int | None:
    """Return the first of 128 characters none of which stands in a text; None if it has some of every row."""
    taken = {ord(character) & ~0x7F for character in text}
    return next((row for row in _SPARE if row not in taken), None)


def _marked(found: re.Match[str]) -> str:
    tag, before = found[1].lower(), found.string[: found.start()]
    if tag == "sup":
        return raise_text(found[2], before)
    return lower_text(found[2], before) if tag == "sub" else struck(found[2])
