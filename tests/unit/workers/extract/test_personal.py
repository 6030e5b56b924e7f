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
        ("电话 +86-138-0013-8123", ("mobile_phone", "138****8123")),
        ("电话（86）13800138123", ("mobile_phone", "138****8123")),
        ("电话+8613800138123", ("mobile_phone", "138****8123")),
        ("电话：＋８６１３８００１３８１２３", ("mobile_phone", "138****8123")),
        ("电话 008613800138123。", ("mobile_phone", "138****8123")),
        ("8613800138123", ("mobile_phone", "138****8123")),
        ("电话86-138-0013-8123", ("mobile_phone", "138****8123")),
        ("家庭住址：某某市某某区人民路12号3栋502室", ("home_address", "某某市某某区人民路***")),
        ("现住某某县某某镇某某村3组。", ("home_address", "某某县某某镇***")),
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
        "流水号：8613800138123",
        "48613800138123",
        "18613800138123.5",
        "8612800138123",
        "金额8613800138123元",
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
    assert [finding.text for finding in personal_findings(Normalized("docx", tables))] == [
        "某某县某某镇***",
        "某某市人民路***",
    ]


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


@pytest.mark.parametrize(
    "text",
    [
        "证件号码：2 1 0 2 0 3 1 9 7 5 0 6 1 2 0 0 3 6，金额500元。",
        "身份证\t2\t1\t0\t2\t0\t3\t1\t9\t7\t5\t0\t6\t1\t2\t0\t0\t3\t6\t电话",
        "２　１　０　２　０　３　１　９　７　５　０　６　１　２　０　０　３　６",
        "2|1|0|2|0|3|1|9|7|5|0|6|1|2|0|0|3|6",
        "身份证号：210203197506\n120036",
        "210203\n1975\n0612\n0036",
        "2102 0319 7506 1200 36",
        "210-203-1975-0612-0036",
    ],
)
def test_an_identity_number_is_found_however_its_digits_stand_apart(text: str) -> None:
    assert ("identity_card", "2102**********0036") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "2 1 0 2 0 3 1 9 7 5 0 6 1 2 0 0 3 7",  # check digit
        "12 34 56 78 90 12 34 56 78",
        "\n".join("\t".join(str((a * b * 7919) % 9973) for b in range(1, 9)) for a in range(1, 400)),
        "本年\t1\t0\t2\t0\t0\t3\t1\t0\t0\t5\t0\t0\t1\t2\t0\t0\t3\t6\t0\t0",
        "4 3 9 2 2 5 0 1 2 3 4 5 6 7 8 X",  # sixteen, as a card's number has, but for the X
    ],
)
def test_rows_of_figures_make_no_identity_number(text: str) -> None:
    assert [kind for kind, _ in found(text) if kind == "identity_card"] == []


def test_a_number_broken_between_two_paragraphs_is_found() -> None:
    paragraphs = (Paragraph("证件号码210203197506"), Paragraph("120036，金额500元"))
    assert personal_findings(Normalized("txt", paragraphs))[0].text == "2102**********0036"


@pytest.mark.parametrize(
    "parts", ["210203197506120036", ("210203", "1975", "0612", "0036"), ("２１０２０３", "19750612", "0036")]
)
def test_a_number_over_several_paragraphs_is_found(parts: str | tuple[str, ...]) -> None:
    paragraphs = (Paragraph("证件号码"), *map(Paragraph, parts), Paragraph("金额500元"))
    assert [finding.text for finding in personal_findings(Normalized("txt", paragraphs))] == ["2102**********0036"]


def test_what_is_no_text_of_the_original_is_judged_too() -> None:
    unseen = ("批注：2 1 0 2 0 3 1 9 7 5 0 6 1 2 0 0 3 6", "银行卡6222021234567890128")
    kinds = [finding.kind for finding in personal_findings(Normalized("docx", (), unseen=unseen))]
    assert kinds == ["identity_card", "bank_card"]


CARD = "6222021234567890128"


@pytest.mark.parametrize(
    "lines",
    [
        ("开户名：甲招标代理有限公司", "开户行：乙银行丙支行", f"账号：{CARD}"),
        (f"账号：{CARD}", "户名：某某县财政局"),
        (f"收款单位：某某大学　帐号{CARD}",),
        (f"投标保证金缴至以下账户：{CARD}",),
        (f"户 名：某某中学 账 号：{CARD}",),
    ],
)
def test_an_account_of_an_organisation_is_none(lines: tuple[str, ...]) -> None:
    joined = (Paragraph("\n".join(lines)),)
    apart = tuple(map(Paragraph, lines))
    assert personal_findings(Normalized("txt", joined)) == ()
    if lines[0].startswith("账号"):  # the holder is not named before the number
        return
    assert personal_findings(Normalized("txt", apart)) == ()


@pytest.mark.parametrize(
    "lines",
    [
        (f"账号{CARD}，户名张某",),
        ("户名：张某", f"账号：{CARD}"),
        ("甲公司员工张某", f"银行卡号：{CARD}"),
        (f"账号：{CARD}",),
    ],
)
def test_an_account_of_a_person_is_a_card(lines: tuple[str, ...]) -> None:
    found = personal_findings(Normalized("txt", tuple(map(Paragraph, lines))))
    assert [finding.kind for finding in found] == ["bank_card"]
