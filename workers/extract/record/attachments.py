"""The list of attachments at the end of a text: 「附件：1.统计表 2.…」, one line or several."""

import re
from collections.abc import Sequence

from workers.extract.grammar.dates import read_whole_date
from workers.extract.grammar.lines import Line
from workers.extract.grammar.section_numbers import read_label
from workers.runtime.lazy_regex import lazy_compile

_LIST = lazy_compile(r"^附\s?件\s?[:：]\s*(?=\S)")
_ITEM = lazy_compile(r"(?:^|(?<=[\s：:；;]))[0-9]{1,2}\s?[.．、]\s?")
_MAX_LENGTH = 80
_FILE = lazy_compile(r"\.(?:docx?|pdf|wps|xlsx?|et|ofd|zip|rar|jpe?g|png)$", re.IGNORECASE)


def read_attachments(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names listed, in order; empty if there is no list."""
    named = tuple(line.text for line in lines if not line.table and is_file_name(line.text))
    for index, line in enumerate(lines):
        match = None if line.table or not line.text.startswith("附") else _LIST.match(line.text)
        if match and len(line.text) <= 4 * _MAX_LENGTH:
            names = _names(line.text[match.end() :])
            return tuple(
                names + _further(lines[index + 1 : index + 60], numbered=bool(_ITEM.match(line.text, match.end())))
            )
    return named


def is_file_name(text: str) -> bool:
    """Return whether a line is only the name of an attached file (附件1.docx)."""
    return len(text) <= _MAX_LENGTH and text.startswith("附") and bool(_FILE.search(text))


def _names(text: str) -> list[str]:
    return [name for piece in _ITEM.split(text) if (name := piece.strip(" 　。；;"))]


def _further(lines: Sequence[Line], *, numbered: bool) -> list[str]:
    names: list[str] = []
    for line in lines:
        label = read_label(line.text)
        if not numbered or label is None or label.form.name != "digit" or len(line.text) > _MAX_LENGTH:
            break
        if read_whole_date(line.text):
            break
        names += _names(line.text)
    return names
