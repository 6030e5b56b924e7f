"""Attachments a text names and does not have: neither as a part of it nor as a file that comes with it."""

from collections.abc import Iterator, Sequence

from schemas.office.findings import Finding, Quote
from search.office.publication.rules import ATTACHMENT
from workers.extract.grammar.lines import Line
from workers.extract.record.attachments import is_file_name
from workers.runtime.lazy_regex import lazy_compile

_BEGINS = lazy_compile(r"^附\s?件\s?[0-9一二三四五六七八九十]{0,3}\s?[：:]?\s?$")
_LIST = lazy_compile(r"^附\s?件\s?[：:]\s?\S")
_ALNUM = lazy_compile(r"[^\w一-鿿]|附件[0-9]*")


def check_attachments(
    name: str, lines: Sequence[Line], listed: Sequence[str], enclosed: Sequence[str]
) -> Iterator[Finding]:
    """Yield a finding for each attachment that is named and not there.

    Args:
        name: Of the file.
        lines: Its lines.
        listed: The names in its list of attachments.
        enclosed: Names of files that come with it.
    """
    named = [one for one in listed if not is_file_name(one)]
    start = next((index for index, line in enumerate(lines) if _LIST.match(line.text)), None)
    if start is None or not named:
        return
    behind = [line.text for line in lines[start + 1 :]]
    parts = sum(bool(_BEGINS.match(text)) for text in behind)
    if parts >= len(named) or len(enclosed) >= len(named):
        return
    titles = {_key(text) for text in behind[_listed_lines(behind, named) :] if len(text) < 90}
    files = [_key(each.rpartition(".")[0] or each) for each in enclosed]
    for one in named:
        key = _key(one)
        if key not in titles and not any(key in each or (len(each) > 3 and each in key) for each in files):
            message = f"附件「{one}」列于附件说明，正文之后和随附文件中都没有；请补齐"
            yield Finding(ATTACHMENT, message, (Quote(name, "附件说明", lines[start].text),))


def _listed_lines(behind: Sequence[str], named: Sequence[str]) -> int:
    """Return how many lines behind its first the list itself takes."""
    keys = {_key(one) for one in named}
    count = 0
    for text in behind:
        if _key(text.lstrip("0123456789.．、 ")) not in keys:
            break
        count += 1
    return count


def _key(text: str) -> str:
    return _ALNUM.sub("", text)
