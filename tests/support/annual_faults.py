"""Every way to make one fault in an annual report that is right otherwise."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from schemas.office.applications import FilledForm
from schemas.office.report_form import APPLICANTS, DISPUTE_GROUPS, OUTCOMES, REQUEST_ROWS, ROW_LABELS
from search.office.form.html_page import html_page
from tests.support.annual_reports import right_form


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes:
        name: What was done, where.
        rule: Code of the rule that must name it.
        place: Words that the message, or a place of its evidence, must hold.
        form: The filled form, with the fault where it is one of numbers or prose.
        page: What is done to the page made of it, where it is one of structure.
    """

    name: str
    rule: str
    place: str
    form: FilledForm
    page: Callable[[str], str] = lambda page: page

    def html(self) -> str:
        """Return the faulty page."""
        made = self.page(html_page(self.form))
        assert made != html_page(right_form()), self.name
        return made


def _with_request(code: str, column: int, value: Any) -> FilledForm:
    form = right_form()
    cells: list[Any] = list(form.requests[code])
    cells[column] = value
    return replace(form, requests={**form.requests, code: tuple(cells)})


def _with_dispute(number: int, value: Any) -> FilledForm:
    form = right_form()
    cells: list[Any] = list(form.disputes)
    cells[number] = value
    return replace(form, disputes=tuple(cells))


def _with_issued(subject: str, column: str, value: Any) -> FilledForm:
    form = right_form()
    return replace(form, issued={**form.issued, subject: {**form.issued[subject], column: value}})


def _with_text(ordinal: int, before: str, after: str) -> FilledForm:
    form = right_form()
    assert before in form.chapters[ordinal], before
    return replace(form, chapters={**form.chapters, ordinal: form.chapters[ordinal].replace(before, after)})


def _sums() -> Iterator[Fault]:
    for code in ("1", "2", "3.7", "4"):
        form = right_form()
        cells = list(form.requests[code])
        cells[1], cells[6] = cells[1] + 1, cells[6] + 1
        changed = replace(form, requests={**form.requests, code: tuple(cells)})
        yield Fault(f"balance {code}", "annual.balance", "商业企业", changed)
    for code in ("3.1", "3.2", "3.3.1", "3.3.8", "3.4.2", "3.5.3", "3.6.1", "3.6.3"):
        form = right_form()
        cells = list(form.requests[code])
        cells[3], cells[6] = cells[3] + 2, cells[6] + 2
        changed = replace(form, requests={**form.requests, code: tuple(cells)})
        yield Fault(f"results {code}", "annual.results", "社会公益组织", changed)
    for row in REQUEST_ROWS[::3]:
        column = int(row.code[-1]) % 7
        changed = _with_request(row.code, column, right_form().requests[row.code][column] + 10)
        yield Fault(f"row {row.code} {column}", "annual.row-total", ROW_LABELS[row.code], changed)
    for number in range(15):
        changed = _with_dispute(number, right_form().disputes[number] + 1)
        group = DISPUTE_GROUPS[number // len(OUTCOMES)]
        yield Fault(f"disputes {number}", "annual.disputes", group, changed)


_NO_NUMBERS = ("", "/", "—", "-", "无", "约5", "-1", "1.5", "12件", "／", "――", "O")


def _cells() -> Iterator[Fault]:
    for place, text in enumerate(_NO_NUMBERS):
        row, column = REQUEST_ROWS[(place * 7 + 3) % 25], place % 7
        changed = _with_request(row.code, column, text)
        where = f"{ROW_LABELS[row.code]}」×{APPLICANTS[column]}"
        yield Fault(f"cell {row.code} {column} {text!r}", "annual.cell", where, changed)
        outcome = OUTCOMES[place % 5]
        yield Fault(f"dispute cell {place} {text!r}", "annual.cell", outcome, _with_dispute(place, text))
    for subject, column in (
        ("规章", "本年制发件数"),
        ("行政规范性文件", "现行有效件数"),
        ("行政强制", "本年处理决定数量"),
    ):
        for text in ("", "/", "—"):
            yield Fault(f"issued {subject} {text!r}", "annual.cell", column, _with_issued(subject, column, text))


def _without_row(label: str) -> Callable[[str], str]:
    """Return what takes a row out of the page, the cell its group begins with kept and one row shorter."""

    def page(text: str) -> str:
        row = next(r for r in re.findall(r"<tr>.*?</tr>\n", text) if f"<td>{label}</td>" in r)
        without = text.replace(row, "")
        for _, number, head in re.findall(r'(rowspan="(\d+)">)([^<]+)', text):
            if head == "三、本年度办理结果" or (
                head == "（五）不予处理" and label in ("2.重复申请", "3.要求提供公开出版物")
            ):
                without = without.replace(f'rowspan="{number}">{head}', f'rowspan="{int(number) - 1}">{head}')
        return without

    return page


def _swap(first: str, second: str) -> Callable[[str], str]:
    return lambda text: text.replace(first, "\0").replace(second, first).replace("\0", second)


def _layout() -> Iterator[Fault]:
    form = right_form()
    for label in ("2.重复申请", "3.要求提供公开出版物"):
        yield Fault(f"no row {label}", "annual.layout", label, form, _without_row(label))
    double = "<tr><td>2.重复申请</td><td>147</td>"
    yield Fault(
        "row short of a cell", "annual.cell", "重复申请", form, lambda t: t.replace(double + "<td>1</td>", double, 1)
    )
    extra = "<td>56</td><td>74</td>"
    yield Fault("sixteen disputes", "annual.layout", "16格", form, lambda t: t.replace(extra, extra + "<td>9</td>"))
    yield Fault("fourteen disputes", "annual.cell", "总计", form, lambda t: t.replace(extra, "<td>74</td>"))
    yield Fault(
        "row without issued",
        "annual.layout",
        "行政强制",
        form,
        lambda t: re.sub(r"<tr><td>行政强制</td>.*?</tr>\n", "", t),
    )
    for number in range(3):
        name = ("表二", "表三", "表四")[number]

        def without_table(text: str, number: int = number) -> str:
            found = re.findall(r"<table>.*?</table>", text, re.DOTALL)
            return text.replace(found[number], "")

        yield Fault(f"no table {number}", "annual.layout", name, form, without_table)
    old = _swap("本年制发件数", "本年新制作数量")
    yield Fault("old head", "annual.form", "2021", form, old)
    head = '<tr><td colspan="4">第二十条第（九）项</td></tr>\n<tr><td>信息内容</td><td colspan="2">采购项目数量</td>'
    row = head + '<td>采购总金额</td></tr>\n<tr><td>政府集中采购</td><td colspan="2">6</td><td>0</td></tr>\n</table>'
    yield Fault("old part", "annual.form", "2021", form, lambda t: t.replace("</table>", row, 1))


_HEADINGS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}


def _chapters() -> Iterator[Fault]:
    form = right_form()
    for ordinal, heading in _HEADINGS.items():

        def without_heading(text: str, heading: str = heading) -> str:
            return text.replace(f"<h2>{heading}</h2>", "")

        yield Fault(f"no chapter {ordinal}", "annual.chapters", heading, form, without_heading)

    def moved(text: str) -> str:
        five = re.search(r"<h2>五、.*?(?=<h2>六)", text, re.DOTALL)
        assert five
        return text.replace(five.group(), "").replace("</body>", five.group() + "</body>")

    yield Fault("chapters swapped", "annual.chapters", "存在的主要问题", form, moved)
    yield Fault(
        "numeral", "annual.chapters", "其他需要报告的事项", form, lambda t: t.replace("六、其他需要", "七、其他需要")
    )
    yield Fault(
        "renamed",
        "annual.chapters",
        "存在的主要问题及改进情况",
        form,
        lambda t: t.replace("五、存在的主要问题及改进情况", "五、下一步工作打算"),
    )
    for text in (
        "",
        "无",
        "无。",
        "暂无。",
        "没有问题。",
        "（文字描述）",
        "不存在问题",
        "我局无存在的问题。",
        "继续努力。",
    ):
        changed = replace(form, chapters={**form.chapters, 5: text})
        yield Fault(f"chapter five {text!r}", "annual.problems", "五、", changed)
    changed = replace(form, chapters={**form.chapters, 1: "（文字描述）"})
    yield Fault("chapter one empty", "annual.chapters", "一、总体情况", changed)
    for text in (
        "",
        "无。",
        "无其他需要报告的事项。",
        "本年度没有需要报告的其他事项。",
        "按规定收取信息处理费。",
        "2025年未发出收费通知，未收取信息处理费。",
    ):
        changed = replace(form, chapters={**form.chapters, 6: text})
        yield Fault(f"chapter six {text!r}", "annual.fee", "六、", changed)


_YEARS = (
    (1, "2025年，全市各级", "2024年，全市各级"),
    (1, "2025年，共收到", "2023年，共收到"),
    (1, "截至2025年底", "截至2024年底"),
    (1, "2025年，全市各级", "2026年，全市各级"),
    (6, "，2025年全市发出", "。2024年全市发出"),
)


def _years() -> Iterator[Fault]:
    for ordinal, before, after in _YEARS:
        yield Fault(f"year {after}", "annual.year", _HEADINGS[ordinal], _with_text(ordinal, before, after))
    form = right_form()
    for before, after in (("为2025年1月1日", "为2024年1月1日"), ("至2025年12月31日", "至2024年12月31日")):
        yield Fault(f"period {after}", "annual.year", "统计期限", form, lambda t, b=before, a=after: t.replace(b, a))
    yield Fault("title", "annual.year", "统计期限", form, lambda t: t.replace("测试市2025年政府", "测试市2024年政府"))


_PROSE = (
    ("规章3件", "规章8件", "规章"),
    ("废止规章5件", "废止规章6件", "本年废止件数"),
    ("有效规章74件", "有效规章47件", "现行有效件数"),
    ("文件564件", "文件546件", "本年制发件数"),
    ("废止984件", "废止948件", "本年废止件数"),
    ("现行有效4185件", "现行有效4158件", "现行有效件数"),
    ("许可决定11398889件", "许可决定11398898件", "行政许可"),
    ("处罚决定6937489件", "处罚决定6937498件", "行政处罚"),
    ("强制166105件", "强制161605件", "行政强制"),
    ("316441.5万元", "316414.5万元", "行政事业性收费"),
    ("申请14069件", "申请14096件", "新收"),
    ("商业企业252件", "商业企业225件", "商业企业"),
    ("上年结转560件", "上年结转506件", "上年结转"),
    ("办结13810件", "办结13801件", "（七）总计"),
    ("下年度819件", "下年度891件", "结转下年度"),
    ("予以公开5548件", "予以公开5584件", "予以公开"),
    ("部分公开2168件", "部分公开2186件", "部分公开"),
    ("不予公开730件", "不予公开703件", "不予公开"),
    ("无法提供3421件", "无法提供3412件", "无法提供"),
    ("不予处理457件", "不予处理475件", "不予处理"),
    ("其他处理1486件", "其他处理1468件", "其他处理"),
    ("行政复议790件", "行政复议709件", "行政复议"),
    ("行政诉讼212件", "行政诉讼221件", "行政诉讼"),
    ("直接起诉56件", "直接起诉65件", "直接起诉"),
    ("复议后起诉156件", "复议后起诉165件", "复议后起诉"),
)


def _prose() -> Iterator[Fault]:
    for before, after, place in _PROSE:
        yield Fault(f"prose {after}", "annual.prose", place, _with_text(1, before, after))


def faults() -> list[Fault]:
    """Return every single fault, each in the report that is right otherwise."""
    return [*_sums(), *_cells(), *_layout(), *_chapters(), *_years(), *_prose()]
