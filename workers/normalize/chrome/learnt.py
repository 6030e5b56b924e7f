"""Lines that people confirmed to be page furniture of a source: 「网站标识码：3502000001」, 「技术支持：某某公司」.

``workers.furniture`` learns the lines and has them confirmed; this module only removes them.
"""

import re
from collections.abc import Set

from workers.normalize.draft.sheet import Draft
from workers.runtime.lazy_regex import lazy_compile

RULE = "learnt_furniture"
MAX_LINE_LENGTH = 60
_SPACE = lazy_compile(r"\s+")
_DIGITS = lazy_compile(r"\d+", re.ASCII)


def line_form(text: str) -> str:
    """Return the form in which lines are compared: no white space, every number 0 (「浏览次数：12」 is one line)."""
    return _DIGITS.sub("0", _SPACE.sub("", text))


def remove_learnt(draft: Draft, forms: Set[str]) -> Draft:
    """Take out the lines of these forms, wherever they stand in the document."""
    return draft.drop(
        {
            index: RULE
            for index, line in enumerate(draft.lines)
            if line.kind == "paragraph" and len(line.text) <= MAX_LINE_LENGTH and line_form(line.text) in forms
        }
    )
