from tests.support.builders.clean_documents import clean
from workers.extract import extract

TEXT = "今年以来，我局认真贯彻落实条例，切实加强领导，健全制度，政务公开工作取得了新的成效。"


def test_a_page_of_numbered_essays_becomes_as_many_articles() -> None:
    found = extract(
        clean(
            "开展政务公开的意义",
            "时间：2019-05-14 13:26:47 作者：会员上传",
            "第一篇：开展政务公开的意义",
            TEXT,
            "第二篇：政务公开的目的和意义",
            "政务公开的目的和意义",
            "1、政务公开的目的",
            TEXT,
        )
    ).articles
    assert [article.title for article in found] == ["开展政务公开的意义", "政务公开的目的和意义"]
    assert found[0].preamble == TEXT
    assert found[1].preamble == ""
    assert [article.published_on for article in found] == ["2019-05-14", "2019-05-14"]


def test_reports_that_follow_one_another_become_articles() -> None:
    found = extract(
        clean(
            "甲市公安局2010年政务公开工作总结",
            "一、基本情况",
            TEXT,
            "甲市公安局",
            "2010年12月1日",
            "乙市公安局2010年政务公开工作总结",
            "一、信息公开工作概述",
            TEXT,
            "乙市公安局",
            "2010年12月5日",
        )
    ).articles
    assert [(article.title, article.issuer, article.signed_on) for article in found] == [
        ("甲市公安局2010年政务公开工作总结", "甲市公安局", "2010-12-01"),
        ("乙市公安局2010年政务公开工作总结", "乙市公安局", "2010-12-05"),
    ]


def test_the_text_a_notice_issues_stays_with_the_notice() -> None:
    found = extract(
        clean(
            "某局关于印发管理办法的通知",
            TEXT,
            "某市残联",
            "2019年1月17日",
            "某局管理办法",
            "第一章 总则",
            f"第一条 {TEXT}",
            "第二章 附则",
            f"第二条 {TEXT}",
        )
    ).articles
    assert len(found) == 1
    assert found[0].signed_on == "2019-01-17"


def test_a_document_without_text_has_no_article() -> None:
    assert extract(clean()).articles == ()
