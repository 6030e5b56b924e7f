"""Tells a masthead from a title: 「某市人民政府」 or 「专题会议纪要」 above a number, below which the title stands."""

from collections.abc import Sequence

from workers.extract.grammar.dates import read_date
from workers.extract.grammar.document_number import read_document_number
from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import is_office
from workers.extract.record.title_shape import ends_like_title, is_title_like
from workers.runtime.lazy_regex import lazy_compile

_TO_NUMBER, _TO_TITLE = 2, 3
_ISSUE = lazy_compile(
    r"^[〔\[（(]?(?:[12][0-9]{3}\s?年?[〕\]）)]?)?\s?(?:总?第)?\s?[0-9一二三四五六七八九十]{1,4}\s?[号期](?:公告)?[）)]?"
    r"(?:\s?[（(]总?第?\s?[0-9]{1,4}\s?[号期][）)])?$"
)
_ABOUT = lazy_compile("关于|印发|转发")
_SUBJECT = lazy_compile("关于|印发|转发|《")
_ORDER = ("令", "告")
_DAY, _MAX_ISSUE_LINE = len("2026-11-29"), 50
_DATE_ENDS = ("日", "号", *"0123456789")


def is_masthead(text: str, below: Sequence[Line]) -> bool:
    """Return whether a run of lines only names organ and kind of paper: a number follows, and then a title.

    Args:
        text: Of the run; a subject (「关于…」) makes a title of it. The name of an order or announcement
            (「甲市政府令」, 「甲市审计局公告」) is a title, too, unless a subject stands below its number.
        below: The lines below the run.
    """
    if _SUBJECT.search(text):
        return False
    number = next((place for place, line in enumerate(below[:_TO_NUMBER]) if _is_number(line)), None)
    if number is None:
        return False
    places = range(number + 1, min(len(below), number + _TO_TITLE))
    if text.endswith(_ORDER):
        return any(_begins_title(below, place) and _ABOUT.search(below[place].text) for place in places)
    if below[number].text.endswith(("期", "期）", "期)")):  # a bulletin, whose title may be anything
        return any(not below[place].table and is_title_like(below[place].text) for place in places)
    return any(_begins_title(below, place) for place in places)


def is_issue_number(text: str) -> bool:
    """Return whether a line numbers an issue or a paper without naming its organ: 「第12期」, 「〔2025〕7号」."""
    return text[-1] in "号期告）)" and bool(_ISSUE.match(text))


def dated_organ(line: Line) -> tuple[str, str] | None:
    """Return organ and day of a line of just these, or None: 「甲市人民政府办公室　2025年2月18日」; for no headline."""
    may_end_dated = not line.table and len(line.text) <= _MAX_ISSUE_LINE and line.text.endswith(_DATE_ENDS)
    date = read_date(line.text) if may_end_dated else None
    if date is None or len(date[0]) != _DAY or date[2] != len(line.text):
        return None
    organ = line.text[: date[1]].strip()
    return (organ, date[0]) if is_office(organ) else None


def is_issue_line(line: Line) -> bool:
    """Return whether a line names organ and day below a masthead, where no title can end like this."""
    return dated_organ(line) is not None


def is_below_masthead(lines: Sequence[Line], place: int) -> bool:
    """Return whether a line of organ and day leaves a title to another: below a number, or with one below it."""
    if not is_issue_line(lines[place]):  # most lines
        return False
    above, below = lines[max(0, place - _TO_NUMBER) : place], lines[place + 1 : place + 1 + _TO_TITLE]
    return any(map(_is_number, above)) or any(not line.table and is_title_like(line.text) for line in below)


def _is_number(line: Line) -> bool:
    return not line.table and (read_document_number(line.text) is not None or is_issue_number(line.text))


def _begins_title(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    if line.table or not is_title_like(line.text):
        return False
    after = lines[place + 1].text if place + 1 < len(lines) and not lines[place + 1].table else ""
    return bool(_ABOUT.search(line.text)) or ends_like_title(line.text) or _closes_title(after)


def _closes_title(text: str) -> bool:
    return is_title_like(text, part=True) and ends_like_title(text)
