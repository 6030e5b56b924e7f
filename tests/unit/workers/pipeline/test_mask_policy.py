"""Personal data is masked where it stands, in text, cells and both scripts; all numbers are made up."""

import pytest

from schemas.articles import Extracted, Section
from schemas.blocks import Block, Converted
from tests.support.builders.clean_documents import clean
from workers.extract import extract
from workers.pipeline.mask_policy import mask_all, mask_document, mask_text

DEFAULT = ("mobile_phone", "home_address")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系人：李某13800138123。", "联系人：李某138****8123。"),
        ("电话 138 0013 8123，传真0759-3381234", "电话 138 **** 8123，传真0759-3381234"),
        ("电话１３８００１３８１２３", "电话１３８****８１２３"),
        ("家庭住址：某某市某某区人民路12号3栋502室，邮编", "家庭住址：某某市某某区人民路*********，邮编"),
        ("办公地址：某某市某某区人民路12号", "办公地址：某某市某某区人民路12号"),
        ("姓名\t家庭住址\n张某\t某某县某某镇某某村3组", "姓名\t家庭住址\n张某\t某某县某某镇*****"),
        ("收入15912345678.00元，支出15912345678元", "收入15912345678.00元，支出15912345678元"),
        ("证号110101199003070011", "证号110101199003070011"),
    ],
)
def test_a_text_is_masked_as_offices_publish_it_and_keeps_its_length(text: str, expected: str) -> None:
    assert mask_text(text, DEFAULT) == expected
    assert len(expected) == len(text)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("证号110101199003070011，", "identity_card", "证号1101**********0011，"),
        ("2 1 0 2 0 3 1 9 7 5 0 6 1 2 0 0 3 6", "identity_card", "2 1 0 2 * * * * * * * * * * 0 0 3 6"),
        ("银行卡：6217 0012 3456 7893", "bank_card", "银行卡：6217 **** **** 7893"),
    ],
)
def test_other_kinds_are_masked_where_the_setting_names_them(text: str, kind: str, expected: str) -> None:
    assert mask_text(text, (kind,)) == expected
    assert mask_text(text, ()) == text


def test_all_of_what_was_extracted_is_masked_and_nothing_where_nothing_was_found() -> None:
    extracted = extract(clean("关于公示的通知", "一、名单", "张某，电话13800138123。"))
    shown = mask_document(extracted, DEFAULT)
    assert "13800138123" not in repr(shown)
    assert shown.articles[0].sections[0].text == "张某，电话138****8123。"
    plain = extract(clean("关于公示的通知", "一、名单", "张某。"))
    assert mask_document(plain, DEFAULT) is plain


def test_rows_and_both_scripts_are_masked_alike() -> None:
    rows = (("姓名", "家庭住址"), ("张某", "某某县某某镇某某村3组"))
    converted = Converted("docx", (Block("\n".join(map("\t".join, rows)), kind="table", rows=rows),))
    block = mask_all(converted, DEFAULT).blocks[0]
    assert block.rows[1][1] == "某某县某某镇*****"
    assert block.text.endswith(block.rows[1][1])
    section = Section(1, (), None, None, "现住某某县某某镇某某村3组。", text_original="現住某某縣某某鎮某某村3組。")
    extracted = Extracted("txt", (), findings=())
    assert mask_all(section, DEFAULT).text_original == "現住某某縣某某鎮*****。"
    assert mask_all(extracted, DEFAULT) == extracted


@pytest.mark.parametrize("prefix", ["+86", "＋86", "0086", "86", "86-"])
def test_a_mobile_number_right_behind_the_code_of_the_country_is_masked(prefix: str) -> None:
    assert mask_text(f"电话：{prefix}13800138123。", {"mobile_phone"}) == f"电话：{prefix}138****8123。"
