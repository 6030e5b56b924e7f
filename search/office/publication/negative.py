"""The negative list: what 条例第十四条 to 第十六条 keep back, as far as a title or a mark on the text can tell.

The words stand in ``negative.json``. State secrets and personal data have checks of their own; whether something
endangers security or stability no word can tell.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from schemas.office.bases import regulation
from schemas.office.findings import Rule, Severity
from search.office.catalogue.classes import plain_title

_TABLE = Path(__file__).with_name("negative.json")
# What kept back must be, is an error; what may be, a warning.
_SECRET = "第十五条"
BUSINESS_SECRET = Rule("check.business-secret", "含商业秘密标记，不得公开", Severity.ERROR, (regulation(_SECRET),))
INTERNAL = Rule(
    "check.internal", "内部事务或过程性信息，可以不予公开，请核对", Severity.WARNING, (regulation("第十六条"),)
)

NEGATIVE_RULES = (BUSINESS_SECRET, INTERNAL)


@dataclass(frozen=True, slots=True)
class KeptBack:
    """One entry of the list; ``titles`` are words of titles, ``marks`` what stands on the text by itself."""

    paragraph: str
    name: str
    titles: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def rule(self) -> Rule:
        """Its rule, with its own paragraph."""
        rule = BUSINESS_SECRET if self.paragraph == _SECRET else INTERNAL
        return Rule(rule.code, rule.title, rule.severity, (regulation(self.paragraph),))


@lru_cache
def load_negative() -> tuple[tuple[KeptBack, ...], tuple[str, ...]]:
    """Return the entries of the list, and the words of titles that keep a document off it."""
    table = json.loads(_TABLE.read_text("utf-8"))
    entries = (
        KeptBack(one["paragraph"], one["name"], tuple(one["titles"]), tuple(one["marks"])) for one in table["entries"]
    )
    return tuple(entries), tuple(table["kept"])


def find_by_title(title: str) -> Iterator[tuple[KeptBack, str]]:
    """Yield each entry a document falls under by its title, with the word that says so."""
    entries, kept = load_negative()
    text = plain_title(title)
    if any(word in text for word in kept):
        return
    for one in entries:
        word = next((word for word in one.titles if word in text), None)
        if word is not None and (word != "的请示" or text.endswith(word)):
            yield one, word


def find_by_mark(line: str) -> Iterator[tuple[KeptBack, str]]:
    """Yield each entry whose mark a line of a text is: 「内部资料」, 「商业秘密★2年」, nothing else beside it."""
    plain = line.strip("【】[]（）()〔〕 　★*：:")
    if len(plain) > len("核心商密★10年（注意保存）"):
        return
    for one in load_negative()[0]:
        mark = next((mark for mark in one.marks if plain.startswith(mark)), None)
        if mark is not None:
            yield one, mark
