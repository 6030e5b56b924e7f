import pytest

from tests.support.builders.papers import BODY, clean, rules, texts


@pytest.mark.parametrize(
    "line",
    [
        "久久99精品久久久久久,久久人人爽人人爽人人片,熟妇人妻无码中文字幕,亚洲精品无码久久久久久久",
        "主站蜘蛛池模板: 国产精品无码av一区二区三区| 亚洲精品无码久久| 日韩av无码久久一区| 成人午夜久久|",
        "凯发k8官网登录入口|凯发娱乐app下载|凯发手机版登录|百家乐平台",
        "乐鱼体育官网,乐鱼体育app下载,开云体育登录入口",
    ],
)
def test_planted_line_goes_and_flags_the_document(line):
    cleaned = clean(line, BODY)
    assert [p.text for p in cleaned.paragraphs] == [BODY]
    assert rules(cleaned) == [("seo_spam", line)]
    assert cleaned.flags == ("spam",)


@pytest.mark.parametrize(
    ("planted", "left"),
    [
        ("工作动态、部门文件、凯发k8官网登录入口的公告、法规公文等板块", "工作动态、部门文件、公告、法规公文等板块"),
        ("登录必赢官网平台入口查询。", "登录查询。"),
        ("市政府开云体育app官网下载门户网站", "市政府门户网站"),
    ],
)
def test_inside_a_sentence_only_the_planted_phrase_goes(planted, left):
    cleaned = clean(planted)
    assert ([p.text for p in cleaned.paragraphs], cleaned.flags) == ([left], ("spam",))


def test_spam_in_a_breadcrumb_leaves_its_other_steps():
    cleaned = clean("7凯发app平台-凯发k8官网登录入口 > 政务公开 > 政务公开年报", BODY)
    assert [clue.value for clue in cleaned.clues] == ["政务公开>政务公开年报"]


@pytest.mark.parametrize(
    "sound",
    [
        "严厉打击网络赌博、百家乐、六合彩等违法犯罪活动",
        "开展打击淫秽色情视频、黄色网站、棋牌赌博平台专项行动",
        "福利彩票销售网点下注截止时间为每日20时",
        "凯发环保科技有限公司中标污水处理项目",
        "金沙县人民政府官网登录入口改版",
        "大发展、大跨越,平台建设取得新成效",
        "皇冠假日酒店官网公示消防检查结果",
        "网站首页 登录 注册 下载",
        "中日韩三国及欧美日韩企业在线视频洽谈会",
        "国产电影、欧美电影放映许可",
    ],
)
def test_ordinary_text_with_such_words_stays(sound):
    cleaned = clean(BODY, sound, BODY)
    assert (cleaned.paragraphs[1].text, cleaned.flags) == (sound, ())


def test_a_report_on_gambling_cases_stays_whole():
    text = "全市共查处网络赌博案件12起,其中百家乐3起、六合彩5起、棋牌平台4起,关闭黄色网站7个,收缴淫秽视频若干。"
    assert texts(text) == [text]
