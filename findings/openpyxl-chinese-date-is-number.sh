#!/bin/bash
# openpyxl reads a date in a built-in Chinese date format as a bare number; calamine reads the same cell as the date.
#
# Guess before running it: both readers give the same date for every date cell. The format ids 27-36 and 50-58 are
# built-in dates and times in a Chinese Excel ("zh-cn", ECMA-376 part 1, 18.8.30: 31 is yyyy"年"m"月"d"日", 57 is
# yyyy"年"m"月") and are written without a format code, and openpyxl's documentation ("Dates and Times") says that it
# "supports both representations and translates between them and Python's datetime module representations".
# Seen: openpyxl knows no built-in format between 22 and 37 nor above 49, and takes the cell for General: the value is
# the serial number 45352, is_date is False. calamine gives date(2024, 3, 1). Id 14, and the very same format with its
# code written out, are dates in both.
# Ends with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1
cat > "$folder/try.py" <<'P'
import datetime
import io
import sys
from importlib.metadata import version

import openpyxl
import python_calamine
import xlsxwriter

DAY = datetime.date(2024, 3, 1)
FORMATS = [14, 'yyyy"年"m"月"d"日"', 27, 28, 31, 36, 50, 57, 58]

file = io.BytesIO()
book = xlsxwriter.Workbook(file, {"in_memory": True})
sheet = book.add_worksheet()
for column, form in enumerate(FORMATS):
    sheet.write_datetime(0, column, DAY, book.add_format({"num_format": form}))
book.close()

cells = openpyxl.load_workbook(file).active[1]
reader = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
values = reader.get_sheet_by_index(0).to_python()[0]
packages = ("openpyxl", "python-calamine", "XlsxWriter")
print(", ".join(f"{name} {version(name)}" for name in packages) + f", Python {sys.version.split()[0]}")
for form, cell, value in zip(FORMATS, cells, values, strict=True):
    print(f"format {form}: openpyxl {cell.value!r} (is_date {cell.is_date}), calamine {value!r}")
written_out = all(cell.is_date and cell.value.date() == DAY for cell in cells[:2])
built_in = all(cell.value == 45352 and not cell.is_date for cell in cells[2:])
sys.exit(0 if written_out and built_in and values == [DAY] * len(FORMATS) else 1)
P
"$folder/venv/bin/python" "$folder/try.py"
