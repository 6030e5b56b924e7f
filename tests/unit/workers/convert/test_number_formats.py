"""A cell is read as the spreadsheet program shows it, whatever number is stored in it.

ECMA-376 part 1, 18.8.30 (built-in formats, the list of zh-cn) and 18.8.31 (codes); the values are what LibreOffice and
Excel show. [MS-XLS] 2.4.126 Format, 2.4.353 XF, 2.4.174 MulRk.
"""

import datetime
import struct
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.builders.biff import cell_format, font, record
from tests.support.builders.compound_file import make_compound
from tests.support.word_reader import of_role, read, tables
from workers.convert.spreadsheet.formats.number_format import built_in_format, number_format


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0.0%", 0.125, "12.5%"),
        ("0%", 0.125, "13%"),
        (built_in_format(10), -0.0512, "-5.12%"),
        ("#,##0", 1234567.0, "1,234,567"),
        ('#,##0.00"元"', 1234.5, "1,234.50元"),
        ("[$¥-804]#,##0.00", -5.0, "-¥5.00"),
        ("0.00", 3.14159, "3.14"),
        ("0.00", 1.005, "1.01"),
        ("000000", 7.0, "000007"),
        ('0!.0,"万元"', 12345.0, "1.2万元"),
        ("0.00,,", 1234567.0, "1.23"),
        (built_in_format(43), 0.0, "-"),
        (built_in_format(43), -1234.5, "-1,234.50"),
        ("0.00_);[Red]\\(0.00\\)", -3.0, "(3.00)"),
        ("+0.0%;-0.0%;0%", 0.01, "+1.0%"),
        ("0.0", -0.01, "0.0"),
        ("#.##", 0.5, ".5"),
        ("# ?/?", 1.75, "1 3/4"),
        ("0.00E+00", 12345.0, "1.23E+04"),
        ('000"-"0000"-"0000', 13812345678.0, "138-1234-5678"),
        ('[>=10000]0.0,"千";0', 12345.0, "12.3千"),
        ('[>=10000]0.0,"千";0', 5.0, "5"),
        ('0;0;"无"', 0.0, "无"),
        ('@"元"', "五", "五元"),
        ('[DBNum2][$-804]General"元整"', 1203.0, "壹仟贰佰零叁元整"),
        ("#,##0;-#,##0;", 0.0, ""),
    ],
)
def test_a_value_is_shown_as_its_format_says(code: str, value: object, shown: str) -> None:
    show = number_format(code)
    assert show is not None
    assert show(value) == shown


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('yyyy"年"m"月"d"日"', 45478.0, "2024年7月5日"),
        (built_in_format(31), datetime.date(2024, 7, 5), "2024年7月5日"),
        ("yyyy/m/d h:mm", datetime.datetime(2024, 7, 5, 9, 5), "2024/7/5 9:05"),
        ('yyyy"年"m"月";@', datetime.date(2024, 7, 1), "2024年7月"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', datetime.date(2024, 7, 15), "二〇二四年七月十五日"),
        ('yyyy"年"m"月"d"日" aaaa', datetime.date(2024, 7, 5), "2024年7月5日 星期五"),
        ("[h]:mm:ss", datetime.timedelta(hours=30, minutes=2), "30:02:00"),
        ('上午/下午h"时"mm"分"', 0.6, "下午2时24分"),
        (built_in_format(20), datetime.time(9, 5), "9:05"),
    ],
)
def test_a_date_is_shown_as_its_format_says(code: str, value: object, shown: str) -> None:
    show = number_format(code)
    assert show is not None
    assert show(value) == shown


def test_days_may_be_counted_from_1904() -> None:
    # 18.17.4.1: day 0 is 1 January 1904; otherwise day 60 is the 29th of February 1900 that never was.
    since_1904, since_1900 = number_format("yyyy-mm-dd", since_1904=True), number_format("yyyy-mm-dd")
    assert since_1904 is not None
    assert since_1900 is not None
    assert (since_1904(0.0), since_1900(1.0), since_1900(61.0)) == ("1904-01-01", "1900-01-01", "1900-03-01")


@pytest.mark.parametrize("code", ['m"月"d"日"', "yy-m-d", "[$-F800]dddd, mmmm dd, yyyy", built_in_format(14)])
def test_a_day_shown_without_its_year_stays_a_whole_date(code: str) -> None:
    show = number_format(code)
    assert show is None or show(datetime.date(2024, 7, 5)) is None


@pytest.mark.parametrize("code", ["General", "@", "", "G/通用格式", "[Red]", "0" * 300])
def test_a_format_without_a_say_leaves_a_value_as_it_is(code: str) -> None:
    show = number_format(code)
    assert show is None or show(0.5) is None


def test_all_digits_of_a_card_stored_as_a_number_count() -> None:
    show = number_format("0.00")
    assert show is not None
    assert show(6222021234567890.0) is None


def test_an_xlsx_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("一")
        sheet.write_row(1, 1, ["项目", "比例", "金额", "日期", "无"])
        day = datetime.date(2024, 7, 5)
        for column, (value, code) in enumerate(
            [("培训", "@"), (0.125, "0.0%"), (1234.5, '#,##0.00"元"'), (day, 'yyyy"年"m"月"d"日"'), (0, "0;-0;")], 1
        ):
            write = sheet.write_datetime if value is day else sheet.write
            write(2, column, value, book.add_format({"num_format": code}))
    found = read(path)
    assert tables(found)[0].rows[1] == ("培训", "12.5%", "1,234.50元", "2024年7月5日", "")
    assert of_role(found, "hidden") == ["0"]


def test_an_xls_is_read_as_it_is_shown(tmp_path: Path) -> None:
    begin, end = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), record(0x0A, b"")
    code = '0.0"％"%'
    percent = record(0x41E, struct.pack("<HHB", 200, len(code), 1) + code.encode("utf-16-le"))
    head = begin + font() + percent + cell_format(0) + cell_format(0, shown=200) + cell_format(0, shown=4)
    name = record(0x85, struct.pack("<IBBBB", len(head) + 4 + 9 + 4, 0, 0, 1, 0) + b"A")
    cells = record(0x203, struct.pack("<HHHd", 0, 0, 1, 0.125)) + record(0x203, struct.pack("<HHHd", 0, 1, 0, 0.125))
    several = record(0xBD, struct.pack("<HHHIHIH", 1, 0, 2, 1234 << 2 | 2, 1, 1 << 2 | 2, 1))
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + several + end
    found = read(make_compound(tmp_path / "a.xls", Workbook=head + name + end + sheet))
    assert tables(found)[0].rows == (("12.5％%", "0.125"), ("1,234.00", "100.0％%"))
