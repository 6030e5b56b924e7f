"""What GB/T 9704 puts around a document beside its title, issuer, number and dates."""

import pytest

from schemas.blocks import Clue
from tests.support.builders.clean_documents import read
from workers.extract.record.genre import read_genre
from workers.extract.record.region import read_region

TEXT = "现将有关事项通知如下，请结合实际认真贯彻执行，执行中遇到的问题请及时反馈。"
TITLE = "关于做好政府信息公开工作的通知"
SIGNED = ("某某市人民政府办公室", "2020年5月6日")


def test_marks_above_the_title_are_read_and_are_no_title() -> None:
    article = read("000012", "机密★1年", "特急", "某某市人民政府文件", "某政发〔2020〕3号", TITLE, TEXT, *SIGNED)
    assert article.title == TITLE
    assert (article.secrecy, article.urgency) == ("机密★1年", "特急")
    assert article.document_number == "某政发〔2020〕3号"


def test_marks_on_one_line_are_told_apart() -> None:
    article = read("000012 秘密★长期 加急", TITLE, TEXT, *SIGNED)
    assert (article.title, article.secrecy, article.urgency) == (TITLE, "秘密★长期", "加急")


def test_an_approver_beside_the_number_hides_neither() -> None:
    article = read("某政请〔2011〕3号 签发人：张 三 李四光", "关于增加经费的请示", "市人民政府：", TEXT, *SIGNED)
    assert article.document_number == "某政请〔2011〕3号"
    assert article.signatory == "张三、李四光"
    assert (article.title, article.addressees) == ("关于增加经费的请示", "市人民政府")


def test_secrecy_in_a_sentence_is_no_mark() -> None:
    article = read("关于加强保密制度建设的通知", "各单位：", "不得泄露国家秘密。", "加急办理的事项除外。", *SIGNED)
    assert (article.secrecy, article.urgency) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
        "河北省人民政府、国家发展改革委：",
        "各县(市、区)人民政府，市政府各部门、各直属机构:",
        "各幼儿园：",
        "王某某委员：",
    ],
)
def test_whom_it_is_sent_to_stands_below_the_title(line: str) -> None:
    article = read(TITLE, "某政发〔2020〕3号", line, TEXT, *SIGNED)
    assert article.addressees == line[:-1]


@pytest.mark.parametrize(
    "line", ["现将有关事项通知如下：", "同志们：", "根据条例规定，制定本方案的单位：", "一、各有关单位："]
)
def test_an_introduction_is_sent_to_nobody(line: str) -> None:
    assert read(TITLE, line, TEXT, *SIGNED).addressees is None


def test_the_imprint_names_who_receives_a_copy() -> None:
    article = read(
        TITLE,
        TEXT,
        *SIGNED,
        "抄送：市委办公室，市人大常委会办公室，",
        "市政协办公室，市法院。",
        "某办公室 2020年5月7日印发",
    )
    assert article.copied_to == "市委办公室，市人大常委会办公室，市政协办公室，市法院"


def test_organs_that_signed_together_follow_the_issuer() -> None:
    article = read("关于印发办法的通知", TEXT, "广州市教育局", "广州市财政局 广州市民政局", "2019年10月9日")
    assert (article.issuer, article.co_issuers) == ("广州市教育局", ("广州市财政局", "广州市民政局"))


def test_organs_in_the_catalogue_entry_are_told_apart() -> None:
    article = read(TITLE, TEXT, clues=(Clue("发文机关", "教育部、财政部", "meta_table"),))
    assert (article.issuer, article.co_issuers) == ("教育部", ("财政部",))


def test_a_document_says_from_when_to_when_it_applies() -> None:
    article = read("某某管理办法", TEXT, "第二十三条 本办法自2019年2月1日起施行，有效期5年。")
    assert (article.effective_on, article.expires_on) == ("2019-02-01", "2024-01-31")
    assert {item.field: item.confidence for item in article.evidence}["effective_on"] == 0.9


def test_the_day_of_issue_is_read_from_the_imprint() -> None:
    article = read(TITLE, TEXT, "本通知自印发之日起施行，有效期至2026年4月30日。", *SIGNED, "某办公室 2020年5月9日印发")
    assert (article.effective_on, article.expires_on) == ("2020-05-09", "2026-04-30")


@pytest.mark.parametrize(
    "line",
    [
        "《某某条例》自2019年3月1日起施行。",
        "许可证有效期为5年，自2019年3月1日起执行的标准不变。",
        "我局自2008年5月1日起实施政府信息公开制度。",
    ],
)
def test_when_something_else_applies_is_not_the_documents(line: str) -> None:
    article = read(TITLE, line, TEXT, *SIGNED)
    assert (article.effective_on, article.expires_on) == (None, None)


def test_what_the_page_states_is_read_from_its_table() -> None:
    clues = (
        Clue("主题分类", "科技、教育\\教育", "meta_table"),
        Clue("体 裁", "通知", "meta_table"),
        Clue("信息有效性", "失效", "meta_table"),
        Clue("实施日期", "2019年10月16日", "meta_table"),
        Clue("失效日期", "2024年10月15日", "meta_table"),
        Clue("密级", "无", "meta_table"),
    )
    article = read("某某办法", TEXT, clues=clues)
    assert (article.topic, article.genre, article.validity) == ("科技、教育\\教育", "通知", "repealed")
    assert (article.effective_on, article.expires_on, article.secrecy) == ("2019-10-16", "2024-10-15", None)


def test_the_text_says_that_it_was_repealed_or_amended() -> None:
    assert read("某某管理办法（已废止）", TEXT).validity == "repealed"
    assert read("某某管理办法（2018年修订）", TEXT).validity == "amended"
    assert read("某某管理办法", TEXT, "《某某暂行办法》同时废止。").validity is None


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("某局关于印发《某某管理办法》的通知", "通知"),
        ("某某管理办法（试行）", "办法"),
        ("某某市2012年政府信息公开工作年度报告", "年度报告"),
        ("某局2010年政务公开工作总结及2011年工作思路", "总结"),
        ("中华人民共和国中医药法", "法律"),
        ("某公司请求撤销补偿协议案", None),
    ],
)
def test_the_last_word_of_a_title_is_its_kind(title: str, genre: str | None) -> None:
    fact = read_genre(title)
    assert (fact.value if fact else None) == genre


@pytest.mark.parametrize(
    ("organ", "region"),
    [
        ("广州市天河区教育局", "广州市天河区"),
        ("新乡市人民代表大会常务委员会", "新乡市"),
        ("江苏省镇江市人民政府", "江苏省镇江市"),
        ("广州市城市管理局", "广州市"),
        ("上海市市场监督管理局", "上海市"),
        ("台州市温岭市人民政府", "台州市温岭市"),
        ("湛江开发区人口和社会事务管理局", "湛江开发区"),
        ("国家税务总局广州市税务局", "广州市"),
        ("中共广州市委办公室", "广州市"),
        ("内蒙古自治区人民政府办公厅", "内蒙古自治区"),
        ("三垟街道", "三垟街道"),
        ("市教育局", None),
        ("国务院办公厅", None),
        ("广州军区", None),
        ("自然资源部", None),
    ],
)
def test_the_name_of_an_organ_tells_its_region(organ: str, region: str | None) -> None:
    assert read_region(organ) == region


@pytest.mark.parametrize("stated", ["x", "index", "无标题文档", "某某市人民政府门户网站", "政府信息公开"])
def test_a_stated_title_that_cannot_be_one_does_not_win(stated: str) -> None:
    clues = (Clue("title", stated, "html_meta"),)
    article = read(
        "现将自查情况报告如下。", "2014年，我局深化政务公开工作。", "某某市教育局", "2014年12月20日", clues=clues
    )
    assert article.title == "某某市教育局2014年政务公开工作自查情况报告"
    assert article.title_derived


def test_the_name_of_the_site_is_no_title() -> None:
    clues = (Clue("title", "大美某某", "html_meta"), Clue("SiteName", "大美某某", "html_meta"))
    assert read("今天天气很好，没有什么可以报告的事情发生，一切都很平静。", clues=clues).title is None
