import pytest

from schemas.blocks import Clue
from tests.support.builders.clean_documents import read

TEXT = "现将有关事项通知如下，请结合实际认真贯彻执行，执行中遇到的问题请及时反馈。"


def test_the_signature_gives_issuer_and_date_with_their_evidence() -> None:
    article = read("关于做好工作的通知", TEXT, "牡丹江市残疾人联合会", "二0一一年一月十三日")
    assert (article.issuer, article.signed_on) == ("牡丹江市残疾人联合会", "2011-01-13")
    origins = {evidence.field: (evidence.text, evidence.origin) for evidence in article.evidence}
    assert origins["signed_on"] == ("二0一一年一月十三日", "signature")
    assert origins["issuer"] == ("牡丹江市残疾人联合会", "signature")


def test_the_first_of_several_signing_organs_is_the_issuer() -> None:
    article = read("关于印发办法的通知", TEXT, "广州市人力资源和社会保障局", "广州市财政局", "2019年10月9日")
    assert article.issuer == "广州市人力资源和社会保障局"


def test_organ_and_date_on_one_line_are_a_signature() -> None:
    article = read("自查报告", TEXT, "湛江开发区人口和社会事务管理局 2014年12月20日")
    assert (article.issuer, article.signed_on) == ("湛江开发区人口和社会事务管理局", "2014-12-20")


def test_the_documents_own_signature_is_the_first_not_that_of_what_it_forwards() -> None:
    article = read(
        "国务院办公厅转发国家地震局意见的通知",
        TEXT,
        "国务院办公厅",
        "一九九七年二月四日",
        "关于1997年地震趋势和工作意见的报告",
        TEXT,
        "国家地震局",
        "一九九七年一月二十日",
    )
    assert (article.issuer, article.signed_on) == ("国务院办公厅", "1997-02-04")


def test_a_signature_inside_a_quotation_is_not_the_documents() -> None:
    article = read(
        "关于转发来信的通报", "来信全文如下：“我们建议公开。", "某某村委会", "2009年1月2日", "此致敬礼。”", TEXT
    )
    assert article.issuer is None


def test_a_signing_officer_is_not_taken_for_the_issuer() -> None:
    article = read("专利代理条例", "中华人民共和国国务院令", "第706号", TEXT, "总理 李克强", "2018年11月6日")
    assert article.issuer == "国务院"
    assert article.document_number == "国令第706号"


def test_the_head_of_a_title_names_the_issuer_where_no_signature_does() -> None:
    article = read("三垟街道2008年政府信息公开工作总结", TEXT, "二00八年十二月十五日")
    assert (article.issuer, article.signed_on) == ("三垟街道", "2008-12-15")


@pytest.mark.parametrize("between", ["\t", " ", "  "])
def test_two_labelled_dates_on_one_line_are_no_note_of_a_law(between: str) -> None:
    article = read("某街道工作总结", f"成文日期：2024-03-01{between}发布日期：2024-03-05", TEXT)
    assert (article.signed_on, article.published_on) == ("2024-03-01", "2024-03-05")


def test_a_labelled_line_below_the_title_is_read_and_kept_out_of_the_preamble() -> None:
    article = read("某街道工作总结", "发布日期：2009-01-05 15:09 访问次数: 来源：三垟街道", TEXT)
    assert (article.published_on, article.source) == ("2009-01-05", "三垟街道")
    assert article.preamble == TEXT


def test_clues_outside_the_text_are_read() -> None:
    clues = (
        Clue("索 引 号", "000014349/2019-00002", "meta_table"),
        Clue("发文机关", "国务院办公厅", "meta_table"),
        Clue("成文日期", "2019年01月09日", "meta_table"),
        Clue("发文字号", "国办发〔2019〕3号", "meta_table"),
        Clue("发布日期", "2019年01月22日", "meta_table"),
    )
    article = read("关于开展治理工作的通知", TEXT, clues=clues)
    assert article.index_number == "000014349/2019-00002"
    assert (article.issuer, article.signed_on, article.published_on) == ("国务院办公厅", "2019-01-09", "2019-01-22")
    assert article.document_number == "国办发〔2019〕3号"


def test_the_notes_of_a_law_give_its_organ_date_and_number() -> None:
    article = read(
        "物业管理条例",
        "2003年6月8日 中华人民共和国国务院令第379号公布",
        "2007年8月26日 《国务院关于修改〈物业管理条例〉的决定》第一次修订",
        "第一章 总则",
        "第一条 为了规范物业管理活动，制定本条例。",
    )
    assert (article.issuer, article.signed_on) == ("国务院", "2003-06-08")
    assert article.document_number == "中华人民共和国国务院令第379号"


def test_a_law_belongs_to_the_organ_that_passed_it() -> None:
    article = read(
        "汕尾市农村建房条例",
        "2022年10月31日 汕尾市第八届人民代表大会常务委员会第八次会议通过",
        "2022年11月30日 广东省第十三届人民代表大会常务委员会第四十七次会议批准",
        "第一章 总则",
        "第一条 为了规范农村建房，制定本条例。",
    )
    assert (article.issuer, article.signed_on) == ("汕尾市人民代表大会常务委员会", "2022-10-31")


def test_notes_in_one_pair_of_brackets_are_read_like_lines() -> None:
    article = read(
        "中华人民共和国行政强制法",
        "（2011年6月30日第十一届全国人民代表大会常务委员会第二十一次会议通过）",
        "第一章 总则",
        "第一条 为了规范行政强制，制定本法。",
    )
    assert (article.issuer, article.signed_on) == ("全国人民代表大会常务委员会", "2011-06-30")


def test_a_regulation_the_state_council_approved_is_the_state_councils() -> None:
    article = read(
        "实验动物管理条例",
        "1988年10月31日 国务院批准",
        "1988年11月14日 国家科学技术委员会令第2号发布",
        "第一章 总则",
        "第一条 为了加强实验动物的管理工作，制定本条例。",
    )
    assert (article.issuer, article.signed_on) == ("国务院", "1988-11-14")
    assert article.document_number == "国家科学技术委员会令第2号"


def test_a_lone_opening_quotation_mark_does_not_hide_the_signature() -> None:
    article = read("关于做好工作的通知", "按照“谁主管谁负责的原则，抓好落实。", "某市教育局", "2020年5月6日")
    assert (article.issuer, article.signed_on) == ("某市教育局", "2020-05-06")


def test_a_label_above_its_value_is_no_signature() -> None:
    article = read("某局关于公开事项的说明", TEXT, "发布日期", "2020-05-06", TEXT)
    assert article.issuer is None


def test_an_order_numbered_by_year_keeps_its_year() -> None:
    article = read(
        "某某管理办法",
        "2020年9月15日 中国人民银行令〔2020〕第5号公布",
        "第一章 总则",
        "第一条 为了规范管理，制定本办法。",
    )
    assert (article.issuer, article.document_number) == ("中国人民银行", "中国人民银行令〔2020〕第5号")


@pytest.mark.parametrize(
    "controls",
    [" 【打印】", "【打印】【分享】", " [打印] [字号 大 中 小]", " 【", " 打印 浏览次数：12", "（阅读：35）", ""],
)
def test_what_readers_press_beside_a_source_is_no_part_of_it(controls: str) -> None:
    article = read("某大学采购公告", f"发布时间：2024年07月05日 来源：某省采购网{controls}", "本公告自发布之日起生效。")
    assert article.source == "某省采购网"


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("甲县司法局法治政府建设工作报告", "甲县司法局"),
        ("甲县公安局法制工作要点", "甲县公安局"),
        ("甲县农业局生产安全工作总结", "甲县农业局"),
        ("甲县教育局理论学习工作计划", "甲县教育局"),
        ("甲县民政局计划生育工作要点", "甲县民政局"),
        ("甲县生态环境局法律顾问工作总结", "甲县生态环境局"),
        ("甲县妇女联合会议事规则目录", "甲县妇女联合会"),
        ("甲县住房公积金管理委员会会议公告", "甲县住房公积金管理委员会"),
        ("甲县大学生就业工作总结", None),
        ("甲县会计工作总结", None),
    ],
)
def test_the_first_organ_in_the_title_of_an_own_paper_is_its_issuer(title: str, issuer: str | None) -> None:
    assert read(title, TEXT).issuer == issuer


@pytest.mark.parametrize(
    ("title", "signed_on"),
    [
        ("校园监控采购项目合同", "2025-01-03"),
        ("甲县供水特许经营协议书（第二期）", "2025-01-03"),
        ("政务公开平台建设项目合同", "2025-01-03"),
        ("公开招标采购合同", "2025-01-03"),
        ("公告栏制作合同", "2025-01-03"),
        ("校园监控采购项目合同文本", "2025-01-03"),
        ("甲县与乙公司关于共建产业园的协议", "2025-01-03"),
        ("校园监控采购项目合同公告", None),
        ("校园监控采购项目合同（公示）", None),
        ("甲县教育局关于公开土地出让合同", None),
        ("关于公开土地出让合同", None),
        ("关于签订合同情况的通知", None),
    ],
)
@pytest.mark.parametrize("label", ["签订日期", "签订时间"])
def test_the_day_a_contract_was_signed_dates_the_contract_and_no_paper_about_it(
    title: str, signed_on: str | None, label: str
) -> None:
    assert read(title, f"{label}：2025年1月3日", "公告日期：2025年1月10日", TEXT, "甲县教育局").signed_on == signed_on


@pytest.mark.parametrize(
    ("line", "signed_on"),
    [
        ("签订日期：2025年1月3日 签订地点：甲县", "2025-01-03"),
        ("签订日期：2025 年 1 月 3 日 签订地点：甲县", "2025-01-03"),
        ("合同编号：甲-1 合同签订时间：2025-01-03", "2025-01-03"),
        ("签订日期：2025年1月3日至2026年1月2日", None),
        ("签订日期：双方约定为2025年1月3日", None),
    ],
)
@pytest.mark.parametrize("clauses", [0, 60])
def test_the_day_of_a_contract_stands_on_its_cover_or_below_its_clauses(
    line: str, signed_on: str | None, clauses: int
) -> None:
    article = read("校园监控采购项目合同", *[TEXT] * clauses, line, "甲方：甲县教育局", "乙方：乙有限公司")
    assert article.signed_on == signed_on


NUMBERED = "GB/T 12345—2025"


@pytest.mark.parametrize(
    ("number", "line", "organs"),
    [
        (
            NUMBERED,
            "国家市场监督管理总局 国家标准化管理委员会 发布",
            ("国家市场监督管理总局", ("国家标准化管理委员会",)),
        ),
        *(
            (
                NUMBERED,
                f"国家市场监督管理总局、国家标准化管理委员会 {ends}",
                ("国家市场监督管理总局", ("国家标准化管理委员会",)),
            )
            for ends in ("发布", "联合发布")
        ),
        *(
            (NUMBERED, f"{organ} 发布", (organ, ()))
            for organ in (
                "中国人民银行",
                "本溪市市场监督管理局",
                "甲省自由贸易试验区管理委员会",
                "甲市资本市场监督管理局",
            )
        ),
        *(
            (number, "中国人民银行 发布", ("中国人民银行", ()))
            for number in (
                "DB 34/T 1234—2021",
                "DB34/ T 1234—2021 代替 DB34/T 1234—2015",
                "中华人民共和国金融行业标准 JR/T 0071—2020",
            )
        ),
        ("", "中国人民银行 发布", (None, ())),
        (NUMBERED, "本公报由甲县统计局 发布", (None, ())),
        (NUMBERED, "现由甲县统计局 发布", (None, ())),
        (NUMBERED, "本局、甲县统计局 联合发布", (None, ())),
    ],
)
def test_the_organs_on_the_cover_of_a_standard_publish_it(
    number: str, line: str, organs: tuple[str | None, tuple[str, ...]]
) -> None:
    cover = [text for text in (number, "机房监测规范", "2025-03-10 发布 2025-04-10 实施", line, "前 言", TEXT) if text]
    article = read(*cover)
    assert (article.issuer, article.co_issuers) == organs


@pytest.mark.parametrize(
    ("note", "number"),
    [
        (
            "（1990年6月1日甲省人民政府令第12号发布，根据甲省人民政府令2019年第3号修改）",
            "甲省人民政府令第12号",
        ),
        (
            "（2004年6月29日国务院令第412号公布，依据商务部令2016年第2号修改）",
            "国务院令第412号",
        ),
        ("（2019年6月1日根据甲省人民政府令2019年第3号修改）", "甲省人民政府令2019年第3号"),
        ("（1990年6月1日甲省人民政府令第十二号发布根据甲省人民政府令2019年第3号修改）", "甲省人民政府令第12号"),
    ],
)
def test_the_order_that_promulgates_goes_before_the_one_that_amends(note: str, number: str) -> None:
    assert read("甲省暂住人口管理办法", note, "第一条 为了规范管理，制定本办法。").document_number == number
