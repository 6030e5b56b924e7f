"""The register of applications: one row each, columns by their heads (docs/office.md)."""

from collections.abc import Sequence

from schemas.office.applications import Application, Dispute, Number, RowError
from schemas.office.report_form import (
    APPLICANTS,
    DISPUTE_GROUPS,
    ISSUED_BLOCKS,
    OUTCOMES,
    REQUEST_ROWS,
    RESULTS_TOTAL,
)
from search.office.records.columns import (
    Names,
    RecordError,
    find_columns,
    read_amount,
    read_date,
    read_flag,
    read_needed_date,
)

Rows = Sequence[Sequence[str]]

COLUMNS: Names = {
    "number": ("申请编号", "编号", "序号"),
    "applicant": ("申请人类型", "申请人类别"),
    "received_on": ("收到日期", "收到申请日期"),
    "answered_on": ("答复日期", "办结日期"),
    "result": ("办理结果", "结果"),
    "completion_asked_on": ("补正通知日期",),
    "completed_on": ("补正收到日期",),
    "third_party_asked_on": ("征求意见日期", "征求第三方意见日期"),
    "third_party_answered_on": ("收到意见日期", "收到第三方意见日期"),
    "extended": ("是否延期", "延期"),
    "fee_noticed": ("收费通知金额",),
    "fee_paid": ("实收金额",),
}
NEEDED = ("applicant", "received_on")
DISPUTE_COLUMNS: Names = {
    "group": ("类型", "类别"),
    "accepted_on": ("受理日期", "立案日期"),
    "decided_on": ("审结日期", "结案日期"),
    "outcome": ("结果",),
}
_RESULTS = [row for row in REQUEST_ROWS if row.code.startswith("3.") and row.code != RESULTS_TOTAL]


def is_register(head: Sequence[str]) -> bool:
    """Tell whether a row is the head of a register of applications."""
    found = find_columns(head, COLUMNS)
    return all(field in found for field in NEEDED)


def is_dispute_list(head: Sequence[str]) -> bool:
    """Tell whether a row is the head of a list of reviews and lawsuits."""
    return {"group", "accepted_on", "outcome"} <= set(find_columns(head, DISPUTE_COLUMNS))


def read_applications(rows: Rows) -> tuple[list[Application], list[RowError]]:
    """Return the applications of a register whose first row is its head, and the rows that cannot be taken."""
    places = find_columns(rows[0], COLUMNS)
    good: list[Application] = []
    bad: list[RowError] = []
    for number, row in enumerate(rows[1:], 2):
        texts = {field: row[place] if place < len(row) else "" for field, place in places.items()}
        try:
            good.append(_application(texts, number))
        except RecordError as error:
            bad.append(error.at(number))
    return good, bad


def _application(texts: dict[str, str], row: int) -> Application:
    answered = read_date(texts.get("answered_on", ""), "答复日期")
    received = read_needed_date(texts["received_on"], "收到日期")
    if answered is not None and answered < received:
        raise RecordError("答复日期", f"答复日期{answered}早于收到日期{received}")
    return Application(
        number=texts.get("number", "").strip() or f"第{row}行",
        applicant=_applicant(texts["applicant"]),
        received_on=received,
        answered_on=answered,
        result=_result(texts.get("result", ""), answered=answered is not None),
        completion_asked_on=read_date(texts.get("completion_asked_on", ""), "补正通知日期"),
        completed_on=read_date(texts.get("completed_on", ""), "补正收到日期"),
        third_party_asked_on=read_date(texts.get("third_party_asked_on", ""), "征求意见日期"),
        third_party_answered_on=read_date(texts.get("third_party_answered_on", ""), "收到意见日期"),
        extended=read_flag(texts.get("extended", ""), "是否延期"),
        fee_noticed=read_amount(texts.get("fee_noticed", ""), "收费通知金额"),
        fee_paid=read_amount(texts.get("fee_paid", ""), "实收金额"),
        row=row,
    )


def _applicant(text: str) -> str:
    plain = "".join(text.split())
    if plain not in APPLICANTS[:6]:
        raise RecordError("申请人类型", f"「{plain}」不在「{'、'.join(APPLICANTS[:6])}」之中")
    return plain


def _result(text: str, *, answered: bool) -> str:
    """Return the code of the row a result is counted in: by the code, the label, or the label behind its group."""
    plain = "".join(text.split())
    if not plain and not answered:
        return ""
    if not answered:
        raise RecordError("答复日期", f"有办理结果「{plain}」而没有答复日期")
    named = [row.code for row in _RESULTS if plain in _names(row.code, row.group, row.label)]
    if len(named) != 1:
        raise RecordError(
            "办理结果",
            f"「{plain}」不是表三中的一项；写项目名或代码，如「予以公开」「不予公开：属于国家秘密」「3.3.1」",
        )
    return named[0]


def _names(code: str, group: str, label: str) -> set[str]:
    own = _bare(label)
    short = own.partition("（")[0]
    parent = _bare(group)
    joined = {f"{parent}{mark}{own}" for mark in ("：", ":", "/", "-", "")} if parent else set()
    # 其他 alone is no result: （六）其他处理 has one of that name.
    alone = {own, short, label} if own != "其他" else set()
    return {code, group + label} | joined | alone


def _bare(label: str) -> str:
    return label.lstrip("（）一二三四五六七0123456789.、")


def read_disputes(rows: Rows) -> tuple[list[Dispute], list[RowError]]:
    """Return the reviews and lawsuits of a list whose first row is its head, and the rows that cannot be taken."""
    places = find_columns(rows[0], DISPUTE_COLUMNS)
    good: list[Dispute] = []
    bad: list[RowError] = []
    for number, row in enumerate(rows[1:], 2):
        texts = {field: row[place] if place < len(row) else "" for field, place in places.items()}
        try:
            good.append(_dispute(texts, number))
        except RecordError as error:
            bad.append(error.at(number))
    return good, bad


def _dispute(texts: dict[str, str], row: int) -> Dispute:
    group, outcome = "".join(texts["group"].split()), "".join(texts["outcome"].split())
    decided = read_date(texts.get("decided_on", ""), "审结日期")
    if group not in DISPUTE_GROUPS:
        raise RecordError("类型", f"「{group}」不在「{'、'.join(DISPUTE_GROUPS)}」之中")
    if decided is not None and outcome not in OUTCOMES[:3]:
        raise RecordError("结果", f"「{outcome}」不在「{'、'.join(OUTCOMES[:3])}」之中")
    return Dispute(group, read_needed_date(texts["accepted_on"], "受理日期"), decided, outcome, row)


def read_issued(rows: Rows) -> tuple[dict[str, dict[str, Number]], list[RowError]]:
    """Return the numbers of table two from rows of (row, column, number), and the rows that cannot be taken."""
    known = {(subject, column) for block in ISSUED_BLOCKS for subject in block.rows for column in block.columns}
    numbers: dict[str, dict[str, Number]] = {}
    bad: list[RowError] = []
    for number, row in enumerate(rows[1:], 2):
        subject, column, text = (*("".join(cell.split()) for cell in row[:3]), "", "", "")[:3]
        column = next((name for own, name in known if own == subject and name.startswith(column) and column), column)
        try:
            if (subject, column) not in known:
                raise RecordError("项目", f"「{subject}」「{column}」不是表二中的一格")
            numbers.setdefault(subject, {})[column] = read_amount(text, "数量") or 0
        except RecordError as error:
            bad.append(error.at(number))
    return numbers, bad


def is_issued_list(head: Sequence[str]) -> bool:
    """Tell whether a row is the head of the numbers of table two."""
    return ["".join(cell.split()) for cell in head[:3]] == ["项目", "指标", "数量"]
