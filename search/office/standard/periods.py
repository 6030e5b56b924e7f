"""What a period (公开时限) of a standard catalogue asks for: so many working days, or something new so often."""

import re
from dataclasses import dataclass

_DAYS = re.compile(r"([0-9]{1,3}|[一二三五七十]|十五|二十|三十)个?(工作日|日内|天内)")
_HAN = {"一": 1, "二": 2, "三": 3, "五": 5, "七": 7, "十": 10, "十五": 15, "二十": 20, "三十": 30}
_OFTEN = (
    (re.compile("每周"), 7),
    (re.compile("每月|按月"), 31),
    (re.compile("每季|按季"), 92),
    (re.compile("每半年|半年(?:一次|公开)"), 184),
    (re.compile("每年|按年|年度|一年一次"), 366),
)
_AT_ONCE = re.compile("实时|即时|及时|随时|长期|动态|常年")


@dataclass(frozen=True, slots=True)
class Period:
    """A period.

    Attributes:
        days: From forming to publishing; None if it names none.
        working: Whether these are working days.
        every: So many days, at the latest, something new must come; None if it need not.
        known: Whether anything of it was understood; 「及时」 and 「长期」 are, and set no day.
    """

    days: int | None
    working: bool
    every: int | None
    known: bool


def read_period(text: str) -> Period:
    """Return what a period asks for."""
    plain = "".join(text.split())
    match = _DAYS.search(plain)
    every = next((days for pattern, days in _OFTEN if pattern.search(plain)), None)
    days = (int(match[1]) if match[1].isdigit() else _HAN[match[1]]) if match else None
    known = days is not None or every is not None or bool(_AT_ONCE.search(plain))
    return Period(days, bool(match and match[2] == "工作日"), every, known)
