"""Personal data: found by its own rules, shown masked; all numbers are made up."""

import pytest

from schemas.cleaned import Normalized, Paragraph, Removal
from tests.support.builders.clean_documents import clean
from workers.extract import extract
from workers.extract.sensitive.personal import findings_in, personal_findings


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.text) for finding in findings_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申请人张某，身份证号110101199003070011，", ("identity_card", "1101**********0011")),
        ("身份证：２３１００２１９８４０２２９００９１", ("identity_card", "2310**********0091")),
        ("证件编号：440802 19751231 2041", ("identity_card", "4408**********2041")),
        ("旧身份证号440802751231204。", ("identity_card", "4408*******1204")),
        ("账号6222021234567890128，户名张某", ("bank_card", "6222***********0128")),
        ("银行卡：6217 0012 3456 7893", ("bank_card", "6217********7893")),
        ("卡号 4532-8912-3456-7817", ("bank_card", "4532********7817")),
        ("联系人：李某13800138123。", ("mobile_phone", "138****8123")),
        ("电话 138 0013 8123", ("mobile_phone", "138****8123")),
        ("家庭住址：某某市某某区人民路12号3栋502室", ("home_address", "某某市***")),
        ("现住某某县某某镇某某村3组。", ("home_address", "某某县***")),
    ],
)
def test_personal_data_is_found_and_masked(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110101199003070012",  # check digit
        "身份证号231002198502290013",  # 29 February 1985
        "编号991010199003070011",  # no province
        "统一社会信用代码：110101199003070011",
        "注册号：440802751231204",
        "440802751331204",  # month 13
        "银行卡号6222021234567890129",  # Luhn
        "流水号：6222021234567890128",
        "http://example.cn/a?id=6222021234567890128",
        "6200000000000000",
        "1.16222021234567890128",
        "电话：0759-3381234",
        "本年新收政府信息公开申请数量15130000154",
        "身份证号1101**********0011",
        "办公地址：某某市某某区人民路12号",
        "住房公积金管理中心位于人民路12号",
        "家庭住址、联系电话等信息不予公开",
    ],
)
def test_numbers_that_break_their_own_rules_are_none(text: str) -> None:
    assert found(text) == []


def test_addresses_are_found_below_and_beside_their_heading() -> None:
    rows = (("姓名", "家庭住址"), ("张某", "某某县某某镇某某村3组"))
    beside = (("住址", "某某市人民路12号"),)
    tables = tuple(
        Paragraph("\n".join("\t".join(row) for row in table), kind="table", rows=table) for table in (rows, beside)
    )
    assert [finding.text for finding in personal_findings(Normalized("docx", tables))] == ["某某县***", "某某市***"]


def test_what_was_taken_out_of_the_text_is_looked_at_too() -> None:
    removal = Removal("page_footer", "申请人 110101199003070011", 0)
    kinds = [finding.kind for finding in personal_findings(Normalized("pdf", (), removals=(removal,)))]
    assert kinds == ["identity_card"]


def test_each_is_reported_once_and_flagged() -> None:
    extracted = extract(clean("名单", "张某110101199003070011，13800138123", "再次：110101199003070011"))
    assert [finding.kind for finding in extracted.findings] == ["identity_card", "mobile_phone"]
    assert extracted.flags == ("identity_card", "mobile_phone")


def test_a_megabyte_of_digits_on_one_line_is_read_through() -> None:
    assert found("6" * 1_000_000) == []
    assert found("住址" * 200_000) == []
    assert len(found("13800138123 " * 1000)) == 1000
