"""The date of publication if no label names it: 「http://www.qianlong.com 2005-03-06 16:17:00」 below a title."""

from collections.abc import Iterator

from workers.extract.grammar.dates import read_date
from workers.extract.record.facts import Fact, FactSource
from workers.extract.record.statute import is_statute_note
from workers.runtime.lazy_regex import lazy_compile

_LINES = 4
_MAX_LENGTH = 70
_MAX_DATED_LENGTH = 25
_TIME = lazy_compile(r"\s?[0-9]{1,2}[:：][0-9]{2}")
_CONFIDENCE = 0.55


def read_publication(source: FactSource) -> Iterator[Fact]:
    """Read the day from a short line near the title that holds a date with its time of day, or begins with a date."""
    for line in (*source.head, *source.body[:_LINES]):
        text = line.text
        date = (
            None if line.table or len(text) > _MAX_LENGTH or "。" in text or is_statute_note(text) else read_date(text)
        )
        if date is None or len(date[0]) < len("2005-03-06"):
            continue
        timed = _TIME.match(text, date[2])
        begins = date[1] == 0 and date[2] < len(text) <= _MAX_DATED_LENGTH
        if timed or begins:
            yield Fact("published_on", date[0], text, "publish_line", _CONFIDENCE)
