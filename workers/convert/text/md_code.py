"""What Markdown shows as it stands (fenced code, code spans), and the comments it does not show (CommonMark 0.31)."""

import re
from typing import NamedTuple

_FENCE = re.compile(r"`{3,}(?=[^`]*\Z)|~{3,}")
_TOKEN = re.compile(
    r"\\[\\`<]|(?P<fence>^[ \t]*(?:`{3,}(?=[^`\n]*$)|~{3,}))|(?P<ticks>`+)|(?P<block>^[ \t]*<!--)|(?P<inline><!--)",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n[ \t]*\n")
_TICKS_OR_BLANK = re.compile(r"`+|\n[ \t]*\n")
_MAX_SPAN = 2000


class Shown(NamedTuple):
    """A text without its comments.

    Attributes:
        text: What is shown.
        comments: The comments that are closed.
        unclosed: A comment that begins a line and runs to the end of the text; empty if there is none.
    """

    text: str
    comments: tuple[str, ...] = ()
    unclosed: str = ""


def fence_after(line: str, fence: str) -> str:
    """Return the fence that is open after a line, empty if none; the line is a fence itself where it changes (4.5).

    Args:
        line: The line.
        fence: The fence that is open before it, empty if none.
    """
    marks = line.strip()
    if fence:
        return "" if len(marks) >= len(fence) and not marks.strip(fence[0]) else fence
    opened = _FENCE.match(marks)
    return opened[0] if opened else ""


def take_comments(text: str) -> Shown:
    """Take the comments out of a text; those in code are text.

    One that begins a line ends with the text at the latest (4.6, kind 2), any other inside its paragraph, or else it is
    none (6.6).
    """
    kept: list[str] = []
    comments: list[str] = []
    done = place = 0
    close = blank = -1  # the next of each; looked for once, however many comments begin before it
    while token := _TOKEN.search(text, place):
        place = _code_end(text, token)
        if token["block"] is None and token["inline"] is None:
            continue
        start = token.end() - len("<!--")
        close = close if close >= start + 2 else _or_end(text, text.find("-->", start + 2))
        blank = (
            blank if blank >= start else _or_end(text, found.start() if (found := _BLANK.search(text, start)) else -1)
        )
        if token["block"] is not None and close == len(text):
            return Shown("".join((*kept, text[done:start])), tuple(comments), text[start:])
        if close < (len(text) if token["block"] is not None else blank):
            kept.append(text[done:start])
            done = place = close + len("-->")
            comments.append(text[start:done])
    return Shown("".join((*kept, text[done:])), tuple(comments))


def _or_end(text: str, place: int) -> int:
    return place if place >= 0 else len(text)


def _code_end(text: str, token: re.Match[str]) -> int:
    """Return where the code ends that a token opens; the end of the token if it opens none."""
    if token["fence"] is not None:
        fence, place = token["fence"].strip(), token.end()
        while fence and (start := text.find("\n", place)) >= 0:
            place = _or_end(text, text.find("\n", start + 1))
            fence = fence_after(text[start + 1 : place], fence)
        return len(text) if fence else place
    if token["ticks"] is not None:
        for found in _TICKS_OR_BLANK.finditer(text, token.end(), token.end() + _MAX_SPAN):
            if found[0] == token["ticks"]:
                return found.end()
            if found[0][0] == "\n":
                break
    return token.end()
