"""Which classes of 条例第二十条 a document belongs to, by its genre and the words of its title (``classes.json``)."""

import json
import re
from functools import lru_cache
from pathlib import Path

from schemas.office.catalogue import UNCLASSED, DisclosureClass
from search.query.analysis import squeeze
from search.query.hanzi import simplify

_TABLE = Path(__file__).with_name("classes.json")
_MARKS = re.compile(r"\W")


@lru_cache
def load_classes() -> tuple[DisclosureClass, ...]:
    """Return the fifteen classes, in their order."""
    return tuple(
        DisclosureClass(
            one["number"],
            one["mark"],
            one["text"],
            one["short"],
            frozenset(one["kinds"]),
            tuple(map(plain_title, one["words"])),
            tuple(map(plain_title, one["ignored"])),
            tuple(map(plain_title, one["without"])),
        )
        for one in json.loads(_TABLE.read_text("utf-8"))["classes"]
    )


def class_numbers(title: str | None, kind: str | None) -> tuple[int, ...]:
    """Return the numbers of all classes of a document, ascending; ``(UNCLASSED,)`` if it is in none."""
    text = plain_title(title or "")
    return tuple(one.number for one in load_classes() if _belongs(one, text, kind)) or (UNCLASSED,)


def _belongs(one: DisclosureClass, text: str, kind: str | None) -> bool:
    for word in one.ignored:
        text = text.replace(word, "")
    if any(word in text for word in one.without):
        return False
    return kind in one.kinds or any(word in text for word in one.words)


@lru_cache(maxsize=64)
def plain_title(text: str) -> str:
    """Return a text in simplified characters, without space and punctuation."""
    return _MARKS.sub("", squeeze(simplify(text)))
