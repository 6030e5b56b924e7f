"""Fields: what stands between the marks of a field, and which of it a reader sees.

A field is instruction and result; only the result is shown. Fields nest, and run across paragraphs.
"""

import re
from dataclasses import dataclass, field

_ENCLOSED = re.compile(r"\\o\s*(?:\\a[cdlr]\s*)?\(\s*[○〇◯]\s*[,，;；]\s*([^\s(),，;；]{1,4})\s*\)", re.IGNORECASE)
_RUBY = re.compile(
    r"\\o\s*\\ad\s*\(\s*\\s\s*\\up\s*\d+\s*\([^()]{0,40}\)\s*[,，;；]\s*([^(),，;；]{1,20})\)", re.IGNORECASE
)
_MAX_INSTRUCTION_LENGTH = 400


@dataclass(slots=True)
class Fields:
    """The fields open at a place of the text.

    Attributes:
        results: One entry per open field, outermost first: whether its result has begun.
        instructions: What the instruction of each open field says so far.
        unfinished: How many open fields have not come to their result.
    """

    results: list[bool] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    unfinished: int = 0

    @property
    def shown(self) -> bool:
        """Whether text at this place is seen."""
        return self.unfinished == 0

    def begin(self) -> None:
        """Open a field."""
        self.results.append(False)
        self.unfinished += 1
        self.instructions.append("")

    def instruct(self, text: str) -> None:
        """Take in a piece of the innermost field's instruction."""
        if self.instructions and len(self.instructions[-1]) < _MAX_INSTRUCTION_LENGTH:
            self.instructions[-1] += text

    def separate(self) -> None:
        """Begin the result of the innermost field."""
        if self.results and not self.results[-1]:
            self.results[-1] = True
            self.unfinished -= 1

    def end(self) -> str:
        """Close the innermost field; return what it shows in place of a stored result, mostly nothing."""
        if not self.results:
            return ""
        had_result, instruction = self.results.pop(), self.instructions.pop()
        self.unfinished -= not had_result
        return "" if had_result or not self.shown else drawn_text(instruction)


def drawn_text(instruction: str) -> str:
    r"""Return the text an ``EQ`` field draws: Word writes ① beyond 20 as ``\o\ac(○,21)``, and phonetic guides so too.

    The guide's reading (pinyin) is left out: it is a gloss on the text, not part of it.
    """
    text = instruction[:_MAX_INSTRUCTION_LENGTH]
    if not text.lstrip().upper().startswith("EQ"):
        return ""
    ruby = _RUBY.search(text)
    if ruby:
        return ruby.group(1)
    found = _ENCLOSED.search(text)
    return _enclose(found.group(1)) if found else ""


def _enclose(content: str) -> str:
    if content.isdecimal() and content.isascii():
        number = int(content)
        for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
            if first <= number <= last:
                return chr(ord(sign) + number - first)
    return content
