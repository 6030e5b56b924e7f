import pytest

from tests.support.builders.papers import BODY, END, above, amid, below, clean, clues, texts


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("您当前的位置: 首页>政府信息公开>政府信息公开年报>2010", "首页>政府信息公开>政府信息公开年报>2010"),
        ("您所在的位置：首页 » 信息公开 » 文件", "首页>信息公开>文件"),
        ("当前位置:首页/公开目录/部门文件", "首页>公开目录>部门文件"),
        ("首页 > 政务公开 > 正文", "首页>政务公开>正文"),
        ("网站首页>>人物聚焦>>2005人物", "网站首页>人物聚焦>2005人物"),
    ],
)
def test_breadcrumb_is_read_and_taken(line, steps):
    cleaned = clean(line, BODY, END)
    assert [p.text for p in cleaned.paragraphs] == [BODY, END]
    assert clues(cleaned) == [("breadcrumb", steps)]


@pytest.mark.parametrize(
    "line", ["地址：太原市新建南路56号 邮编：030001", "数量>100", "位置图", "A>B>C说明。", "<条例>的决定》修正"]
)
def test_what_only_looks_like_a_breadcrumb_stays(line):
    assert above(line) == [line]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "发布日期:2009-01-05 15:09 访问次数: 来源:三垟街道",
            [("发布日期", "2009-01-05 15:09"), ("来源", "三垟街道")],
        ),
        (
            "时间：2019-05-14 13:26:47下载本文作者：会员上传",
            [("时间", "2019-05-14 13:26:47"), ("作者", "会员上传")],
        ),
        (
            "来源： 本站 | 发布时间： 2018-05-17 | 浏览次数： 2168",
            [("来源", "本站"), ("发布时间", "2018-05-17"), ("浏览次数", "2168")],
        ),
        ("2005-02-06 13:26更新 来源：转载文章", [("发布时间", "2005-02-06 13:26更新"), ("来源", "转载文章")]),
        (
            "【发布时间:2012年3月1日】【作者:办公室】【字体:大 中 小】",
            [("发布时间", "2012年3月1日"), ("作者", "办公室")],
        ),
        ("信息来源:市政府办公室  责任编辑:张三", [("信息来源", "市政府办公室"), ("责任编辑", "张三")]),
    ],
)
def test_publish_line_is_read_and_taken(line, found):
    cleaned = clean("标题", line, BODY, END)
    assert [p.text for p in cleaned.paragraphs] == ["标题", BODY, END]
    assert [pair for pair in clues(cleaned) if pair[1] and pair[0] != "字体"] == found


@pytest.mark.parametrize(
    "line", ["来源:", "撰稿：", "责任编辑：", "(责编：汤诗瑶、丁涛)", "一审: 二审: 三审:", "作者：李四"]
)
def test_footer_of_editors_goes_below_the_text(line):
    assert below(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "时间：2019年5月14日上午9时",
        "地点：市政府三楼会议室",
        "来源：自然资源部门提供的数据",
        "联系人：张三",
        "资金来源：财政拨款",
        "日期：2012年3月1日",
    ],
)
def test_labels_of_the_document_itself_stay(line):
    assert amid(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "扫一扫在手机打开当前页",
        "手机扫一扫分享本页",
        "用手机扫描二维码访问",
        "【打印本页】 【关闭窗口】",
        "[字体：大 中 小]",
        "• 图片解读:",
        "分享到：",
        "分享至好友和朋友圈",
        "上一篇：关于召开会议的通知",
        "返回顶部",
    ],
)
def test_buttons_go_wherever_they_stand(line):
    assert amid(line) == []


@pytest.mark.parametrize("line", ["打印", "关闭 打印 收藏", "我要说说 打印 推荐", "微信 微博", "【纠错】"])
def test_doubtful_buttons_go_outside_the_text_only(line):
    assert below(line) == []
    assert amid(line) == [line]


@pytest.mark.parametrize("line", ["大", "中", "小", "附件：1.收费标准", "下载量统计表", "正文"])
def test_short_lines_of_the_document_stay(line):
    assert below(line) == [line]


def test_related_list_goes_with_its_entries_up_to_the_next_chrome():
    copyright_ = "主办单位:某市人民政府办公室"
    assert below("相关链接：", "关于召开会议的通知", "2011年工作要点", "【打印本页】", copyright_) == [copyright_]


@pytest.mark.parametrize("head", ["关联稿件:", "相关阅读", "【相关新闻】", "热门推荐", "延伸阅读：", "相关稿件"])
def test_heads_of_related_lists_are_told_by_their_form(head):
    assert below(head, "关于召开会议的通知") == []


def test_related_list_inside_the_text_stays():
    assert amid("相关链接", "市政府网站") == ["相关链接", "市政府网站"]


def test_metadata_head_is_read_and_taken():
    head = ["索 引 号：000014349/2019-00065", "发文机关：国务院", "成文日期：2019年04月03日", "标 题：关于条例的决定"]
    cleaned = clean(*head, BODY, END)
    assert [p.text for p in cleaned.paragraphs] == [BODY, END]
    assert clues(cleaned)[:2] == [("索引号", "000014349/2019-00065"), ("发文机关", "国务院")]
    assert {clue.origin for clue in cleaned.clues} == {"meta_table"}


def test_header_of_a_crawler_goes_up_to_its_rule():
    head = [
        "标题: 工作年度报告",
        "发布时间: 2026-03-10 12:56",
        "文号:",
        "原文链接: http://a.gov.cn/1.htm",
        "附注",
        "==== 正文 ====",
    ]
    cleaned = clean(*head, BODY)
    assert [p.text for p in cleaned.paragraphs] == [BODY]
    assert clues(cleaned)[0] == ("标题", "工作年度报告")


def test_two_labelled_lines_are_no_metadata_head():
    lines = ["名称：市政府办公室", "主题词：政务 公开"]
    assert above(*lines) == lines


def test_chrome_run_into_one_line_is_taken_and_the_title_stands_alone():
    line = (
        "当前位置： 首页政务公开政府信息公开年报 某区2013年政府信息公开工作年度报告 来源：某区办公室 "
        "时间：2014-01-10 00:00 微信 微博 QQ空间 全真版 文字版 文件下载 相关链接： --> 某区 2013年年度报告 "
        f"{BODY * 6} 二○一四年一月十日 附件下载"
    )
    cleaned = clean(line)
    assert cleaned.paragraphs[0].text == "某区2013年政府信息公开工作年度报告"
    assert cleaned.paragraphs[1].text.endswith("二○一四年一月十日")
    assert clues(cleaned) == [("来源", "某区办公室"), ("时间", "2014-01-10 00:00")]


def test_long_text_without_chrome_is_not_split():
    line = f"某区2013年年度报告 时间：2014年 {BODY * 10}"
    assert texts(line) == [line]
