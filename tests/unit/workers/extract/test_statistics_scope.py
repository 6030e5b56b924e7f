"""What is no number of disclosure work: budgets, tenders, scores, telephone numbers; and never what is a person's."""

import pytest

from schemas.articles import Statistic
from schemas.cleaned import Normalized, Paragraph
from workers.extract import extract

REPORT = "甲市2024年政府信息公开工作年度报告"


def numbers(title: str, *rows: tuple[str, ...], text: str = "现将有关情况公布如下。") -> list[Statistic]:
    table = Paragraph("\n".join("\t".join(row) for row in rows), kind="table", rows=rows)
    document = Normalized("docx", (Paragraph(title), Paragraph(text), table))
    return list(extract(document).articles[0].statistics)


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        (
            "2023年甲市事业单位公开招聘入围资格复审人员名单",
            (("序号", "姓名", "报考信息", "总分"), ("1", "某某某", "101", "71.4"), ("2", "某某", "102", "69.2")),
        ),
        (
            "甲市国有企业公开招聘岗位一览表",
            (("招聘单位", "岗位信息", "招聘数量", "咨询电话"), ("甲物流公司", "会计", "1", "55118086")),
        ),
        (
            "甲大学期刊采购项目公开招标文件",
            (("序号", "条款信息", "预算金额"), ("1", "期刊采购", "991"), ("2", "数据库采购", "120")),
        ),
        (
            "甲市乙区2025年区级单位预算",
            (("项目", "预算信息", "合计"), ("财政拨款收入", "一般公共服务", "91016775.35"), ("其他", "无", "0")),
        ),
    ],
)
def test_what_is_public_is_not_yet_disclosure_work(title: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert numbers(title, *rows) == []


@pytest.mark.parametrize("column", ["姓名", "学员姓名", "身份证号码", "准考证号", "出生年月", "手机号码"])
def test_a_table_of_persons_in_a_report_is_no_statistic(column: str) -> None:
    assert numbers(REPORT, (column, "公开信息", "次数"), ("某某", "网站", "12"), ("某某某", "微信", "8")) == []


def test_a_telephone_number_in_a_report_is_no_statistic_and_its_neighbour_is_one() -> None:
    found = numbers(REPORT, ("单位", "主动公开信息（条）", "联系电话"), ("甲局", "120", "55118086"))
    assert [row.value for row in found] == [120]


def test_a_budget_that_says_it_was_disclosed_counts_nothing() -> None:
    text = "本部门负责政务公开工作。" + "2025年会议费预算12万元，培训3次，购置办公信息设备2套。" * 30
    assert numbers("甲市财政局2025年部门预算", ("项目", "金额"), ("办公费信息", "12"), text=text) == []


def test_what_opens_the_next_list_is_no_part_of_the_sum_before() -> None:
    text = "2024年，行政复议10件，其中维持6件，纠正1件，其他2件，尚未审结1件；行政诉讼3件，其中维持2件，纠正1件。"
    document = Normalized("txt", (Paragraph(REPORT), Paragraph("一、总体情况"), Paragraph(text)))
    assert not [problem for problem in extract(document).articles[0].problems if "之和" in problem.message]
