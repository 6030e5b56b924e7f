"""The extent of a page's own text: what may be chrome above or below it is content inside it."""

from dataclasses import dataclass

from workers.normalize.draft.sheet import Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_SENTENCE = lazy_compile("[。；;!！?？]|[：:]$")
_NUMBERED = lazy_compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百\d]{1,5}[编章节条篇]|\d{1,2}[.、．]"
)
_LONG = 25


@dataclass(frozen=True, slots=True)
class Body:
    """Indexes of the first and the last line of running text; without any, no line is above or below it."""

    first: int
    last: int

    def above(self, index: int) -> bool:
        """Return whether a line stands above the running text."""
        return index < self.first

    def below(self, index: int) -> bool:
        """Return whether a line stands below the running text."""
        return index > self.last

    def outside(self, index: int) -> bool:
        """Return whether a line stands above or below the running text."""
        return self.above(index) or self.below(index)


def body_of(draft: Draft) -> Body:
    """Return where the running text is: from the first to the last line that holds a sentence or a numbered heading."""
    count = len(draft.lines)
    first = next((index for index in range(count) if is_running(draft.lines[index])), None)
    if first is None:
        return Body(0, count)
    return Body(first, next(index for index in reversed(range(count)) if is_running(draft.lines[index])))


def is_running(line: DraftLine) -> bool:
    """Return whether a line is running text by its form."""
    if line.kind == "table" or line.number:
        return True
    long = len(line.text) >= _LONG and _SENTENCE.search(line.text)
    return bool(long or _NUMBERED.match(line.text))
