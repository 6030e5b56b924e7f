import pytest

from schemas.blocks import Clue, Style
from schemas.cleaned import Normalized
from tests.support.builders.clean_documents import clean, read, styled
from workers.extract import extract
from workers.extract.grammar.lines import Line
from workers.extract.record.title.masthead import dated_organ

TEXT = "按照今年的报告计划，市残联严格贯彻落实条例，进一步完善行政管理，提高行政效能。"


def title_of(document: Normalized, clues: tuple[Clue, ...]) -> str | None:
    return extract(Normalized(document.format, document.paragraphs, clues=clues)).articles[0].title


def test_a_title_broken_over_two_lines_is_joined() -> None:
    article = read("牡丹江市残联2010年政务公开工作总结", "及2011年工作思路", TEXT)
    assert article.title == "牡丹江市残联2010年政务公开工作总结及2011年工作思路"
    assert article.preamble == TEXT


def test_a_title_that_stands_twice_is_taken_once() -> None:
    article = read("某市2010年工作总结及2011年工作思路", "某市2010年工作总结", "及2011年工作思路", TEXT)
    assert article.title == "某市2010年工作总结及2011年工作思路"
    assert article.preamble == TEXT


def test_the_name_of_a_file_loses_its_suffix() -> None:
    assert read("政务公开工作总结和2011年工作计划.doc", TEXT).title == "政务公开工作总结和2011年工作计划"


def test_a_title_the_page_states_picks_the_lines_that_spell_it() -> None:
    clues = (Clue("ArticleTitle", "某局关于开展治理工作的通知", "html_meta"),)
    article = read("政策文件", "某局关于开展", "治理工作的通知", TEXT, clues=clues)
    assert article.title == "某局关于开展治理工作的通知"


def test_a_stated_title_serves_where_the_text_has_none() -> None:
    clues = (Clue("title", "物业管理条例_某某区政务公开平台", "html_meta"),)
    article = read("第一章 总则", "第一条 为了规范物业管理活动，制定本条例。", clues=clues)
    assert article.title == "物业管理条例"


def test_a_title_is_derived_and_marked_where_none_survives() -> None:
    article = read(
        "依据通知精神，对我局的政务信息公开工作进行了认真自查，现将自查情况报告如下。",
        "一、基本情况",
        "2014年，我局将政务公开工作和开展教育活动相结合，深化政务公开工作。",
        "湛江开发区人口和社会事务管理局",
        "2014年12月20日",
    )
    assert article.title == "湛江开发区人口和社会事务管理局2014年政务公开工作自查情况报告"
    assert article.title_derived


def test_nothing_is_derived_from_too_little() -> None:
    article = read("今天天气很好，大家都出去了，没有什么可以报告的事情发生，一切都很平静安宁。")
    assert article.title is None
    assert [problem.message for problem in article.problems] == ["没有找到标题，也无法由发文机关和年份拟出"]


def test_a_line_that_spells_the_title_of_the_page_without_its_site_is_the_title() -> None:
    clues = (Clue("title", "甲市小店推出晨间公益餐(图)_甲市消息_某某网", "html_meta"),)
    own = Style(align="center")
    document = styled(
        ("甲市小店推出晨间公益餐(图)", own),
        ("某某晚报 记者部", own),
        ("店主端出公益餐，一来方便邻里，二来留住街坊人情 甲某/摄", Style(size=22, align="center")),
        (TEXT, Style(size=16)),
    )
    assert title_of(document, clues) == "甲市小店推出晨间公益餐(图)"


@pytest.mark.parametrize("sep", [" - ", "_", "|", "——"])
def test_the_name_of_the_site_is_no_title_though_it_heads_the_page(sep: str) -> None:
    clues = (Clue("title", f"丙某某{sep}某某百科，人人可写的百科全书", "html_meta"),)
    document = styled(("某某百科，人人可写的百科全书", Style(heading_level=1)), (TEXT, None))
    assert title_of(document, clues) == f"丙某某{sep}某某百科，人人可写的百科全书"


def test_a_line_that_names_the_site_first_yields_to_the_title_of_the_page() -> None:
    clues = (Clue("title", "城市杂谈-朋友，请正确认识甲县、乙县[某某社区]", "html_meta"),)
    document = styled(("某某社区-城市杂谈-朋友，请正确认识甲县、乙县", Style(align="center")), (TEXT, None))
    assert title_of(document, clues) == "城市杂谈-朋友，请正确认识甲县、乙县[某某社区]"


@pytest.mark.parametrize("name", ["甲某某", "乙江大桥"])
def test_a_short_name_before_the_site_is_the_title_where_a_line_is_just_that(name: str) -> None:
    clues = (Clue("title", f"{name} - 大众百科", "html_meta"),)
    document = styled(("大众百科", Style(heading_level=1)), (name, Style(heading_level=1)), (TEXT, None))
    assert title_of(document, clues) == name


@pytest.mark.parametrize("column", ["新闻动态", "行业资讯", "工作动态"])
def test_the_heading_of_a_page_titled_by_its_column_and_site_is_the_title(column: str) -> None:
    clues = (Clue("title", f"{column}--甲市某某学会官网", "html_meta"),)
    document = styled((column, None), ("2019年甲市学术年会在乙大学成功举行！", Style(heading_level=5)), (TEXT, None))
    assert title_of(document, clues) == "2019年甲市学术年会在乙大学成功举行！"


def test_a_title_behind_the_name_of_the_site_is_still_the_title() -> None:
    clues = (Clue("title", "甲市人民政府 - 甲市城市绿化养护管理办法", "html_meta"),)
    document = styled(("甲市城市绿化养护管理办法", Style(heading_level=1)), (TEXT, None))
    assert title_of(document, clues) == "甲市城市绿化养护管理办法"


def test_a_short_title_of_a_web_page_loses_the_name_of_its_site() -> None:
    clue = Clue("title", "停水公告_青溪政务网", "html_meta")
    assert title_of(clean(TEXT), (clue,)) == "停水公告"


@pytest.mark.parametrize("number", ["— 1 —", "- 1 -", "·1·"])
def test_the_number_of_a_page_behind_a_title_is_none_of_it(number: str) -> None:
    title = "关于印发甲县2024年工作要点的通知"
    assert read(f"{title} {number}", "各单位：", TEXT).title == title


def test_a_running_head_is_no_title() -> None:
    heads = [f"甲县人民政府公报 ·{number}·" for number in (1, 2)]
    assert read(heads[0], "甲县物业管理办法", TEXT, heads[1], TEXT).title == "甲县物业管理办法"
    assert read("甲县年鉴 ·187·", "甲县物业管理办法", TEXT).title == "甲县物业管理办法"


HEADLINES = (
    "我市召开安全生产工作推进会",
    "县领导走访慰问甲镇敬老院",
    "县领导走访慰问甲县公安局",
    "甲县着力构建和谐社会",
    "甲镇选派第一批驻村干部",
    "甲县优化城乡教育布局",
)


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("above", [(), ("甲县人民政府",), ("甲县动态",)])
def test_a_headline_that_ends_like_an_organ_is_the_title_the_page_states(headline: str, above: tuple[str, ...]) -> None:
    clues = (Clue("ArticleTitle", headline, "html_meta"), Clue("title", headline, "html_meta"))
    assert title_of(clean(*above, headline, TEXT), clues) == headline
    assert title_of(clean(*above, headline, TEXT), clues[1:]) == headline


@pytest.mark.parametrize("label", ["sitename", "contentsource"])
@pytest.mark.parametrize("organ", ["甲县教育局", "甲县敬老院"])
def test_the_name_of_the_organ_of_the_page_is_no_title(label: str, organ: str) -> None:
    clues = (Clue("title", organ, "html_meta"), Clue(label, organ, "html_meta"))
    assert title_of(clean("关于开展年度统计工作的通知", TEXT), clues) == "关于开展年度统计工作的通知"
    assert title_of(clean(TEXT), clues) is None


@pytest.mark.parametrize(
    "line",
    [
        "甲镇举办第三届运动会 2024年10月8日",
        "甲县召开安全生产工作推进会 2025年2月18日",
        "甲县领导慰问敬老院 2024-10-08",
        "安全生产工作会 2025年1月8日",
        "我市推进秋粮收购工作部署 2025年1月8日",
        "甲县便民服务大厅 2025年1月8日",
        "甲县构建和谐社会 2025年1月8日",
        "市领导检查指导甲县人民医院 2025年1月8日",
        "甲企业助力乡村振兴示范基地 2025年1月8日",
    ],
)
@pytest.mark.parametrize("below", [(), ("会场气氛热烈",)])
def test_a_headline_with_its_date_is_no_line_of_an_organ_below_a_masthead(line: str, below: tuple[str, ...]) -> None:
    article = read(line, *below, TEXT)
    assert (article.title or "").startswith(line.partition(" ")[0])
    assert article.issuer is None


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("安全生产工作会", None),
        ("甲县领导走访慰问公安局", None),
        ("甲县开展文明创建活动领导小组办公室", "甲县开展文明创建活动领导小组办公室"),
        ("甲市残疾人联合会", "甲市残疾人联合会"),
    ],
)
def test_an_organ_with_its_day_is_told_from_a_meeting_and_a_headline(text: str, organ: str | None) -> None:
    found = dated_organ(Line(f"{text} 2025年1月8日"))
    assert found == ((organ, "2025-01-08") if organ else None)


ORGANS = (
    "甲县人民政府办公室", "甲县人民医院", "财政部", "生态环境部", "国务院", "中国人民银行", "甲市人大常委会", "乙海关",
    "甲大学", "甲县第一中学", "甲县疾病预防控制中心", "甲市残联", "甲县残疾人联合会", "甲市总工会", "甲县交警支队",
    "甲镇",
)  # fmt: skip


@pytest.mark.parametrize("above", [("专题会议纪要", "〔2025〕23号"), ()])
@pytest.mark.parametrize("organ", ORGANS)
def test_a_line_of_organ_and_day_below_a_masthead_is_no_title(organ: str, above: tuple[str, ...]) -> None:
    article = read(*above, f"{organ} 2025年4月2日", "关于推进城东污水处理厂扩建的会议纪要", TEXT)
    assert article.title == "关于推进城东污水处理厂扩建的会议纪要"
    assert (article.issuer, article.signed_on) == (organ, "2025-04-02")


@pytest.mark.parametrize("organ", ORGANS)
def test_the_name_of_an_organ_in_the_title_of_a_page_is_no_title(organ: str) -> None:
    headline = "我省积极推进碳市场建设"
    assert title_of(clean(headline, TEXT), (Clue("title", organ, "html_meta"),)) == headline


@pytest.mark.parametrize(
    ("above", "below", "title"),
    [
        ("乐园发展计划简介会邀请函", "本局谨定于下月举行简介会", "乐园发展计划简介会邀请函"),
        ("行政总裁", "加强防范网络钓鱼攻击的措施", "加强防范网络钓鱼攻击的措施"),
        ("甲县关于设立服务中心的通知", "加强防范网络钓鱼攻击的措施", "甲县关于设立服务中心的通知"),
        *(
            (kind, "有关加强防范网络钓鱼攻击的措施", "有关加强防范网络钓鱼攻击的措施")
            for kind in (
                "通函",
                "香港金融管理局通函",
                "证券及期货事务监察委员会通告",
                "保险业监管局便函",
                "立法会秘书处通知",
                "致所有认可机构的通函",
            )
        ),
    ],
)
def test_a_letter_is_titled_below_its_salutation_unless_a_title_stands_above(
    above: str, below: str, title: str
) -> None:
    assert read(above, "敬启者", below, TEXT, "简介会的安排如下，请各位依时出席。").title == title
