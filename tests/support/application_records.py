"""A register of applications, reviews and lawsuits, and numbers of table two, as offices keep them."""

import csv
import io
from itertools import product

from xlsxwriter import Workbook

from schemas.office.applications import FilledForm
from schemas.office.report_form import APPLICANTS, REQUEST_ROWS, RESULTS_TOTAL
from search.office.form.fill import fill_form
from search.office.records.tables import read_records, say_errors

HEAD = (
    "申请编号", "申请人类型", "收到日期", "答复日期", "办理结果", "补正通知日期", "补正收到日期", "征求意见日期",
    "收到意见日期", "是否延期", "收费通知金额", "实收金额",
)  # fmt: skip
_RESULTS = [row for row in REQUEST_ROWS if row.code.startswith("3.") and row.code != RESULTS_TOTAL]


def register() -> list[list[str]]:
    """Return a register of 2025: every result and kind of applicant, some carried over from 2024 and on to 2026."""
    rows: list[list[str]] = []
    for number, (row, place) in enumerate(product(_RESULTS, range(3)), 1):
        applicant = APPLICANTS[(number * (place + 1)) % 6]
        received = f"2025-{number % 11 + 1:02}-{number % 27 + 1:02}" if number % 7 else "2024-12-20"
        result = (row.code, f"{row.group[3:]}：{row.label[2:]}" if row.group else row.label[3:], row.group + row.label)[
            place
        ]
        fee = "300" if row.code == "3.6.2" else ""
        paid = "0" if fee else ""
        dates = [received, "2025-12-25", result, "", "", "", ""]
        rows.append([f"2025-{number:03}", applicant, *dates, "否", fee, paid])
    rows += [
        ["2025-901", "自然人", "2025-12-29", "", "", "", "", "", "", "", "", ""],
        ["2025-902", "商业企业", "2025/12/30", "2026-01-15", "予以公开", "", "", "", "", "", "", ""],
        ["2023-001", "自然人", "2023-03-01", "2024-05-01", "予以公开", "", "", "", "", "", "", ""],  # long over
        ["2026-001", "自然人", "2026-01-05", "", "", "", "", "", "", "", "", ""],  # not yet
    ]
    return [list(HEAD), *rows]


DISPUTES = [
    ["类型", "受理日期", "审结日期", "结果"],
    ["行政复议", "2025-03-01", "2025-05-01", "结果维持"],
    ["行政复议", "2024-11-01", "2025-01-10", "结果纠正"],
    ["行政复议", "2025-11-01", "", ""],
    ["未经复议直接起诉", "2025-02-01", "2025-06-01", "其他结果"],
    ["复议后起诉", "2025-07-01", "2026-02-01", "结果维持"],
]
ISSUED = [
    ["项目", "指标", "数量"],
    ["行政规范性文件", "本年制发件数", "12"],
    ["行政规范性文件", "本年废止件数", "5"],
    ["行政规范性文件", "现行有效件数", "80"],
    ["行政许可", "本年处理决定数量", "1520"],
    ["行政事业性收费", "本年收费金额", "35.6"],
]


def csv_bytes(rows: list[list[str]]) -> bytes:
    """Return rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes() -> bytes:
    """Return the three tables as a workbook."""
    out = io.BytesIO()
    with Workbook(out) as book:
        for name, rows in (("申请", register()), ("复议诉讼", DISPUTES), ("主动公开", ISSUED)):
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return out.getvalue()


PROBLEMS = "一是公开的主动性有待加强，二是答复的规范性有待提高。下一步将加强培训和指导。"


def filled() -> FilledForm:
    """Return the form of 2025 filled from these records."""
    records = read_records([register(), DISPUTES, ISSUED])
    assert say_errors(records.errors) == []
    return fill_form(
        "某县人民政府",
        2025,
        records.applications,
        disputes=records.disputes,
        issued=records.issued,
        chapters={5: PROBLEMS},
    )
