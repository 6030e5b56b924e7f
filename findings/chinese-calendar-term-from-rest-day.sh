#!/bin/bash
# chinese_calendar counts a term of working days one day long when it starts on a rest day, forwards only.
#
# What an expert expects: find_workday(1, Saturday) is the Monday, the first working day after it, as "find the workday
# after {delta_days} days" in its docstring reads, and as a term is counted: the day it starts on does not count (Civil
# Code of China, article 201), so the 20 working days of the Regulation on Open Government Information (article 33) from
# Saturday 2024-03-02 end on Friday 2024-03-29.
# Seen: a start on a rest day is first moved to the next working day, and the count starts from there, so
# find_workday(1, Saturday) is the Tuesday and the 20th working day Monday 2024-04-01, although get_workdays() of the
# same package lists 20 working days up to 2024-03-29. Backwards there is no such move: find_workday(-1, Saturday) is
# the Friday before, and not the Thursday.
# Ends with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check chinese-calendar==1.11.0
cat > "$folder/try.py" <<'P'
import sys
from datetime import date, timedelta
from importlib.metadata import version

from chinese_calendar import find_workday, get_workdays


def counted(start, days):
    """Return the working day that is the given number of working days after the start, by the package's own list."""
    return get_workdays(start + timedelta(days=1), start + timedelta(days=120))[days - 1]


FRIDAY, SATURDAY = date(2024, 3, 1), date(2024, 3, 2)
print(f"chinese-calendar {version('chinese-calendar')}, Python {sys.version.split()[0]}")
for start in (FRIDAY, SATURDAY):
    for days in (1, 20):
        print(f"{start:%a %F} and {days:2} working days: find_workday {find_workday(days, start):%a %F},",
              f"counted in get_workdays {counted(start, days):%a %F}")
print(f"{SATURDAY:%a %F} and -1 working day: find_workday {find_workday(-1, SATURDAY):%a %F}")
right = all(find_workday(days, FRIDAY) == counted(FRIDAY, days) for days in (1, 20))
late = all(find_workday(days, SATURDAY) == counted(SATURDAY, days + 1) for days in (1, 20))
sys.exit(0 if right and late and find_workday(-1, SATURDAY) == FRIDAY else 1)
P
"$folder/venv/bin/python" "$folder/try.py"
