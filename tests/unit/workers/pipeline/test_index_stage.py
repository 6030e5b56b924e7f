"""What of an article's facts the index is given: filters, reprints, what it cites, paths as they were written."""

from dataclasses import replace

from schemas.articles import Article, Extracted, Reference, Section
from schemas.jobs import Job, Observation
from schemas.records import ArticleSummary
from search.query.numbers.document_numbers import number_key
from search.query.parser import title_key
from search.results.near_duplicates import near
from tests.support.builders.papers import paper
from workers.extract import extract
from workers.normalize import normalize
from workers.pipeline.index_stage import cited_keys, outcome, section_rows
from workers.pipeline.step import WorkItem

ITEM = WorkItem(Job("报告.txt", "t", 0.0), Observation(etag="1"))
ARTICLE = Article(None, False, None, None, None, None, None, None, None, "", "", ())
NOTICE = (
    "某市教育局关于做好2011年政务公开工作的通知",
    "某教办〔2011〕8号",
    "各学校：",
    "根据《中华人民共和国政府信息公开条例》和市政府《关于推进政务公开的意见》（某政发[2010]12号），现将有关事项通知如下：",
    "一、加强领导。各学校要把政务公开工作摆上重要议事日程，主要负责人亲自抓。",
    "二、落实责任。各学校要明确专人负责，按时报送信息，做到有计划、有布置、有检查。",
    "某市教育局",
    "2011年1月13日",
)


def extracted(*lines: str) -> Extracted:
    return extract(normalize(paper(*lines)))


def summary(*lines: str) -> ArticleSummary:
    return outcome(ITEM, extracted(*lines)).articles[0]


def test_a_reprint_has_the_fingerprint_or_the_signature_of_the_original() -> None:
    same = extracted(*NOTICE[:-1], "2011年1月13日。")
    other = ("首页 > 政务公开 > 通知公告", *NOTICE[:-1], "2011年1月20日")
    prints = {row.fingerprint for row in section_rows(ITEM.key, extracted(*NOTICE))}
    assert len(prints) == 1
    assert prints == {row.fingerprint for row in section_rows(ITEM.key, same)}
    assert prints.isdisjoint(row.fingerprint for row in section_rows(ITEM.key, extracted(*other)))
    assert near(summary(*NOTICE).signature, summary(*other).signature)


def test_cited_documents_are_named_by_the_keys_they_are_found_by() -> None:
    assert set(summary(*NOTICE).cites) == {
        title_key("中华人民共和国政府信息公开条例"),
        title_key("关于推进政务公开的意见"),
        number_key("某政发〔2010〕12号"),
    }


def test_a_number_without_a_title_is_cited_by_itself() -> None:
    cited = (
        Reference(None, "国办发〔2017〕42号", (), "basis", "…"),
        Reference(None, "国办发〔2017〕42号", (), "basis", ""),
    )
    article = replace(ARTICLE, references=cited)
    assert cited_keys(article) == ("国办发(2017)42号",)


def test_rows_carry_what_searches_filter_by() -> None:
    row = list(section_rows(ITEM.key, extracted(*NOTICE)))[1]
    assert (row.kind, row.role, row.heading) == ("通知", "organisation", "加强领导")


def test_paths_are_also_kept_as_they_were_written() -> None:
    sections = (
        Section(1, ("一、总体要求",), "一、", "总体要求", "", heading_original="總體要求"),
        Section(2, ("一、总体要求", "（一）原则"), "（一）", "原则", "", heading_original="原則"),
        Section(1, ("二、方案",), "二、", "方案", ""),
    )
    article = replace(ARTICLE, sections=sections)
    paths = [row.path_original for row in section_rows(ITEM.key, Extracted("txt", (article,)))]
    assert paths == [None, ("一、總體要求",), ("一、總體要求", "（一）原則"), None]
