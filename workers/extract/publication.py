"""The date of publication where no label names it: 「http://www.qianlong.com 2005-03-06 16:17:00」 below a title."""

from collections.abc import Iterator

from workers.extract.dates import read_date
from workers.extract.facts import Fact, Source
from workers.extract.statute import is_statute_note
from workers.late import late

_LINES = 4
_LONGEST = 70
_LONGEST_DATED = 25
_TIME = late(r"\s?[0-9]{1,2}[:：][0-9]{2}")
_CONFIDENCE = 0.55


def read_publication(source: Source) -> Iterator[Fact]:
    """Read the day from a short line near the title that holds a date with its time of day, or begins with a date."""
    for line in (*source.head, *source.body[:_LINES]):
        text = line.text
        date = None if line.table or len(text) > _LONGEST or "。" in text or is_statute_note(text) else read_date(text)
        if date is None or len(date[0]) < len("2005-03-06"):
            continue
        timed = _TIME.match(text, date[2])
        begins = date[1] == 0 and date[2] < len(text) <= _LONGEST_DATED
        if timed or begins:
            yield Fact("published_on", date[0], text, "publish_line", _CONFIDENCE)
