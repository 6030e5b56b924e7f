"""A right document passes in silence; each fault is named by its rule, with the words it rests on."""

from collections.abc import Sequence

import pytest

from schemas.blocks import Block, Converted
from schemas.office.validity import Repeal
from workers.extract import extract
from workers.extract.publication.check import check_document
from workers.normalize import normalize

RIGHT = """某市人民政府关于印发某市公园管理办法的通知
某政发〔2024〕5号

各区人民政府：
根据《某省公园条例》，现将《某市公园管理办法》印发给你们，请遵照执行。
一、加强领导
（一）明确责任。
1.建立台账。
（1）逐项登记。
二、抓好落实

附件：1.任务分工表
2.联系人名单

某市人民政府
2024年3月5日

附件1
任务分工表
附件2
联系人名单"""
STATUTE = """某市公园管理办法

第一条 为加强公园管理，制定本办法。
第二条 本办法适用于本市公园。
第三条 违反本办法第二条规定的，责令改正。
第四条 依照《中华人民共和国行政处罚法》第五十八条处理。"""


def _rules(text: str, *, unseen: Sequence[str] = (), enclosed: Sequence[str] = (), ended: bool = False) -> list[str]:
    blocks = tuple(Block(line) for line in text.split("\n") if line)
    normalized = normalize(Converted("txt", blocks, unseen=tuple(unseen)))
    repealed = (lambda names: dict.fromkeys(names, Repeal("自2020-01-01起由《新》废止", "x"))) if ended else None
    found = list(check_document("a.txt", normalized, extract(normalized), enclosed=enclosed, repealed=repealed))
    assert all(one.evidence and one.evidence[0].document == "a.txt" for one in found)
    return [one.rule.code for one in found]


@pytest.mark.parametrize("text", [RIGHT, STATUTE])
def test_a_right_document_passes_in_silence(text: str) -> None:
    assert _rules(text) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("某政发〔2024〕5号", "某政发[2024]5号", "check.number"),
        ("某政发〔2024〕5号", "某政发（2024）5号", "check.number"),
        ("某政发〔2024〕5号", "某政发〔2024〕第5号", "check.number"),
        ("某政发〔2024〕5号", "某政发〔2024〕05号", "check.number"),
        ("2024年3月5日", "2024年03月05日", "check.date"),
        ("2024年3月5日", "二〇二四年三月五日", "check.date"),
        ("（一）明确责任。", "（一）、明确责任。", "check.label"),
        ("1.建立台账。", "1、建立台账。", "check.label"),
        ("（一）明确责任。\n1.建立台账。", "1.明确责任。\n（一）建立台账。", "check.order"),
        ("的通知\n", "的通知。\n", "check.title"),
        ("附件2\n联系人名单", "", "check.attachment"),
        ("逐项登记。", "逐项登记，联系人身份证号110105199003070033。", "check.personal"),
        ("某市人民政府关于印发", "机密★1年\n某市人民政府关于印发", "check.secrecy"),
    ],
)
def test_each_fault_is_named(old: str, new: str, rule: str) -> None:
    assert old in RIGHT
    assert set(_rules(RIGHT.replace(old, new, 1))) == {rule}


def test_what_hides_in_comments_and_properties_is_found() -> None:
    assert _rules(RIGHT, unseen=["身份证号110105199003070033"]) == ["check.personal"]


def test_attachments_may_come_as_files() -> None:
    without = RIGHT[: RIGHT.index("附件1\n")]
    assert _rules(without) == ["check.attachment", "check.attachment"]
    assert _rules(without, enclosed=["附件1 任务分工表.xlsx", "联系人名单.docx"]) == []


def test_a_reference_to_an_article_that_is_not_there_is_named() -> None:
    assert _rules(STATUTE.replace("本办法第二条", "本办法第八条")) == ["check.reference"]


def test_a_repealed_basis_is_named_where_an_index_is_at_hand() -> None:
    assert _rules(RIGHT, ended=True) == ["check.repealed"]
