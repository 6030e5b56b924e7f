import pytest

from schemas.blocks import Block, Converted
from schemas.outcomes import Problem
from tests.support.builders.papers import BODY, END, clean, rules, texts
from workers.normalize import normalize

MARK = "文档贡献者"


@pytest.mark.parametrize(
    "line",
    [
        "1、原创力文档(book118)网站文档一经付费(服务费),不意味着购买了该文档的版权,侵权必究。。",
        "5、成为VIP后,下载本文档将扣除1次下载权益。下载后,不支持退款、换文档。如有疑问请联系我们",
        "简介：写写帮文库小编为你整理了多篇相关的《政务公开》,但愿对你工作学习有帮助。",
        "声明:本文内容由互联网用户自发贡献自行上传,本网站不拥有所有权。",
        "下载开展政务公开的意义word格式文档",
        "点此处下载文档",
        "文档评论(0)",
        "ggkkppp + 关注",
        "该用户很懒，什么也没介绍",
        "3亿VIP精品文档",
    ],
)
def test_lines_of_a_document_site_go(line):
    assert texts(line, BODY, MARK, END) == [BODY, END]


def test_teasers_go_to_the_end_however_long_they_are():
    teaser = "政府机关政务公开制度为认真贯彻落实关于推行政务公开工作的要求,特制定如下制度。......"
    cleaned = clean(BODY, MARK, "相关范文推荐", "政务公开", teaser)
    assert [p.text for p in cleaned.paragraphs] == [BODY]
    assert rules(cleaned)[-1] == ("document_site", teaser)
    assert cleaned.flags == ("document_site",)


def test_file_suffix_behind_a_title_goes():
    assert texts("2011年工作计划.docVIP", BODY) == ["2011年工作计划", BODY]


def test_disclaimer_a_government_site_publishes_stays():
    lines = (
        "网站声明",
        "本网站所载信息版权归市政府办公室所有,用户下载、上传、转载须注明来源,侵权者承担法律责任。",
        "会员注册、积分、文档下载等服务均免费。",
    )
    cleaned = clean(*lines)
    assert ([p.text for p in cleaned.paragraphs], cleaned.flags) == (list(lines), ())


def test_preview_that_breaks_off_is_truncated():
    cut = BODY + "六、加强基础投入,改版升级门户网站,完善硬件系统。 城区党"
    cleaned = clean("工作计划.docVIP", cut, "查看更多")
    assert cleaned.flags == ("document_site", "truncated")
    assert cleaned.problems[0].lossy
    assert cleaned.damages[0].rule == "truncated"


@pytest.mark.parametrize("end", ["各部门要认真组织,抓好落实,确保取得实效", "市政府办公室", "二〇一一年一月十三日"])
def test_a_missing_full_stop_is_no_truncation(end):
    assert clean(BODY * 2, BODY + BODY + end).flags == ()


@pytest.mark.parametrize("end", ["进一步推进政务公开工作的", "各部门、", "根据《中华人民共和国", "各县区人民政府和"])
def test_text_that_cannot_end_there_is_truncated_anywhere(end):
    assert clean(BODY * 2, BODY + BODY + end).flags == ("truncated",)


def test_a_file_cut_inside_a_character_is_truncated_and_reported_once():
    cut = Problem("convert", "the file ends inside a character", place="end of file", lossy=True)
    cleaned = normalize(Converted("txt", (Block(BODY + "各部门、"),), problems=(cut,)))
    assert (cleaned.flags, cleaned.problems) == (("truncated",), (cut,))
