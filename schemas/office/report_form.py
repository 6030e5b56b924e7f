"""The form of the annual report of disclosure work: rows and columns of its three tables, and its six chapters.

Form of 2021: 国办公开办函〔2021〕30号; form of 2019: 国办公开办函〔2019〕60号, for the reports of 2019 and 2020.
"""

from dataclasses import dataclass
from enum import IntEnum


class Form(IntEnum):
    """The form, by the year it was issued."""

    OF_2019 = 2019
    OF_2021 = 2021


CHAPTERS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
NUMERALS = "一二三四五六"

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A row of table three: its code, the label of its group, and its own label."""

    code: str
    group: str
    label: str


_RESULT_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "3.3",
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    (
        "3.4",
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "3.5",
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "3.6",
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
)
NEW, CARRIED, RESULTS_TOTAL, NEXT = "1", "2", "3.7", "4"
REQUEST_ROWS: tuple[RequestRow, ...] = (
    RequestRow(NEW, "", "一、本年新收政府信息公开申请数量"),
    RequestRow(CARRIED, "", "二、上年结转政府信息公开申请数量"),
    RequestRow("3.1", "", "（一）予以公开"),
    RequestRow("3.2", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    *(
        RequestRow(f"{code}.{number}", group, label)
        for code, group, labels in _RESULT_GROUPS
        for number, label in enumerate(labels, 1)
    ),
    RequestRow(RESULTS_TOTAL, "", "（七）总计"),
    RequestRow(NEXT, "", "四、结转下年度继续办理"),
)
OTHER_RESULTS = RequestRow("3.6", "", "（六）其他处理")
"""The row of the form of 2019 that replaces three rows of 2021."""

_OLD_ROWS = (
    *(row for row in REQUEST_ROWS[:20]),
    OTHER_RESULTS,
    *(row for row in REQUEST_ROWS if row.code in {RESULTS_TOTAL, NEXT}),
)
ROWS_OF_FORM: dict[Form, tuple[RequestRow, ...]] = {Form.OF_2021: REQUEST_ROWS, Form.OF_2019: _OLD_ROWS}
ROW_LABELS: dict[str, str] = {row.code: row.group + row.label for row in (*REQUEST_ROWS, OTHER_RESULTS)}

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
DISPUTE_GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")


@dataclass(frozen=True, slots=True)
class IssuedBlock:
    """A part of table two: its paragraph of the 条例, its columns and its rows."""

    paragraph: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]


REGULATIONS, NORMATIVE = "规章", "行政规范性文件"
ISSUED, REPEALED, IN_FORCE = "本年制发件数", "本年废止件数", "现行有效件数"
DECIDED, CHARGED = "本年处理决定数量", "本年收费金额（单位：万元）"
ISSUED_BLOCKS: tuple[IssuedBlock, ...] = (
    IssuedBlock("第二十条第（一）项", (ISSUED, REPEALED, IN_FORCE), (REGULATIONS, NORMATIVE)),
    IssuedBlock("第二十条第（五）项", (DECIDED,), ("行政许可",)),
    IssuedBlock("第二十条第（六）项", (DECIDED,), ("行政处罚", "行政强制")),
    IssuedBlock("第二十条第（八）项", (CHARGED,), ("行政事业性收费",)),
)
