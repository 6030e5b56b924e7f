"""Laws and documents cited, held against the set drawn by hand."""

from typing import Any

import pytest

from schemas.articles import Reference
from tests.support.builders.clean_documents import read
from tests.support.fact_sets import facts, precision_recall, seed_articles

TITLE = "关于做好有关工作的通知"


def same(found: Reference, wanted: list[Any]) -> bool:
    return [found.title, found.document_number, found.kind, list(found.articles)] == wanted


def cited(*lines: str) -> list[tuple[str | None, str | None, tuple[str, ...], str]]:
    return [(one.title, one.document_number, one.articles, one.kind) for one in read(TITLE, *lines).references]


def test_the_set_drawn_by_hand_is_found_and_little_else() -> None:
    data = facts("references")
    quotes = [(read(TITLE, quote["text"]).references, quote["references"]) for quote in data["quotes"]]
    pairs = [(article.references, wanted) for article, wanted in seed_articles(data)] + quotes
    assert sum(len(wanted) for _, wanted in pairs) >= 60
    precision, recall, wrong = precision_recall(pairs, same)
    assert min(precision, recall) >= 0.9, "\n".join(wrong)


def test_every_evidence_stands_in_the_text() -> None:
    for article, _ in seed_articles(facts("references")):
        assert all(one.evidence in article.text for one in article.references)


def test_provisions_are_read_with_the_clause_they_belong_to() -> None:
    text = "依据《中华人民共和国政府信息公开条例》第十九条、第二十条第（一）项和第二十一条第一款、第二款，制定本办法。"
    provisions = ("第十九条", "第二十条第（一）项", "第二十一条第一款", "第二十一条第二款")
    assert cited(text) == [("中华人民共和国政府信息公开条例", None, provisions, "basis")]


def test_a_short_name_stands_for_its_law_from_there_on() -> None:
    text = "根据《政府信息公开条例》（国务院令第711号，以下简称《条例》）。违反《条例》第三条的，责令改正。"
    law = ("政府信息公开条例", "国务院令第711号")
    assert cited(text) == [(*law, (), "basis"), (*law, ("第三条",), "mentions")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("《试行办法》（某政发〔2010〕5号）同时废止。", "repeals"),
        ("决定废止《试行办法》（某政发〔2010〕5号）。", "repeals"),
        ("现对《试行办法》（某政发〔2010〕5号）作如下修改：", "amends"),
        ("现将修订后的《试行办法》（某政发〔2010〕5号）印发给你们。", "amends"),
        ("现将《试行办法》（某政发〔2010〕5号）转发给你们。", "forwards"),
        ("遵照《试行办法》（某政发〔2010〕5号）办理。", "basis"),
        ("《试行办法》（某政发〔2010〕5号）提出了要求。", "mentions"),
    ],
)
def test_the_words_around_say_what_is_done_with_it(text: str, kind: str) -> None:
    assert cited(text) == [("试行办法", "某政发〔2010〕5号", (), kind)]


def test_the_basis_is_no_part_of_what_is_repealed() -> None:
    text = "根据《立法法》，经研究，决定废止《甲办法》、《乙办法》。"
    assert [row[3] for row in cited(text)] == ["basis", "repeals", "repeals"]


def test_a_title_inside_a_title_belongs_to_it() -> None:
    text = "按照《关于印发《年度报告格式》的通知》和《关于〈条例〉的说明》执行。"
    assert [row[0] for row in cited(text)] == ["关于印发《年度报告格式》的通知", "关于〈条例〉的说明"]


def test_a_number_alone_is_a_reference_and_the_own_number_is_none() -> None:
    assert cited("按国办发[2017]42号文件要求执行。") == [(None, "国办发〔2017〕42号", (), "basis")]
    assert cited("某政发〔2020〕3号", "各单位：", "请执行某政发〔2020〕3号的规定。") == []


def test_each_is_listed_once_with_its_strongest_kind() -> None:
    assert cited("宣传《统计法》。根据《统计法》，学习《统计法》。") == [("统计法", None, (), "basis")]
