"""The five seed documents, read by the whole line of stages and held against their hand-made gold."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemas.articles import Extracted, Section
from workers.convert.registry import convert
from workers.extract import extract
from workers.normalize import normalize

SEEDS = Path(__file__).parents[3] / "samples" / "seeds"
GOLD: dict[str, Any] = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))
NAMES = sorted(name for name in GOLD if not name.startswith("_"))
WITH_OUTLINE = [name for name in NAMES if "outline" in GOLD[name]]


@cache
def extracted(name: str) -> Extracted:
    return extract(normalize(convert(SEEDS / name, hint="txt", workdir=SEEDS)))


def plain(text: str | None) -> str | None:
    if text is None:
        return None
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。.:;,、")


def row(section: Section) -> list[object]:
    return [section.level, re.sub(r"[、.．()（）]", "", section.number or ""), plain(section.heading)]


@pytest.mark.parametrize("name", NAMES)
def test_the_record_of_a_seed_is_that_of_its_gold(name: str) -> None:
    gold, article = GOLD[name], extracted(name).articles[0]
    assert article.title_derived == (gold["title"] is None)
    stated = {
        "title": article.title,
        "issuer": article.issuer,
        "signed": article.signed_on,
        "published": article.published_on,
        "source": article.source,
    }
    wanted = {field: value for field, value in gold.items() if field in stated and value is not None}
    assert {field: stated[field] for field in wanted} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_has_as_many_articles_as_its_gold(name: str) -> None:
    assert len(extracted(name).articles) == GOLD[name]["articles"]


@pytest.mark.parametrize("name", WITH_OUTLINE)
def test_the_outline_of_a_seed_is_that_of_its_gold(name: str) -> None:
    wanted = [[level, number, plain(heading)] for level, number, heading in GOLD[name]["outline"]]
    found = [row(section) for section in extracted(name).articles[0].sections]
    assert found[: len(wanted)] == wanted


def test_the_heading_before_the_cut_of_a_truncated_seed_is_kept() -> None:
    sections = extracted("002_fc80b34e99b009d6.txt").articles[0].sections
    assert [section.number for section in sections[5:]] == ["六、"]
    assert all(figure in sections[4].text for figure in ("9930条", "2907条", "112个子站点", "7023条"))


def test_the_articles_of_a_strung_together_page_have_their_titles() -> None:
    gold, articles = GOLD["003_7efa1cfc17daa203.txt"], extracted("003_7efa1cfc17daa203.txt").articles
    assert [plain(article.title) for article in articles] == [plain(title) for title in gold["article_titles"]]
    third = [section.heading for section in articles[2].sections if section.level == 1]
    assert third == gold["third_outline_level1"]


def test_a_report_inside_an_article_opens_a_section_with_its_title() -> None:
    fifth = extracted("003_7efa1cfc17daa203.txt").articles[4]
    titles = [section.heading for section in fifth.sections if section.number is None]
    assert titles == ["南宁市公安局2010年政务信息公开工作总结"]
    assert sum(section.number == "一、" for section in fifth.sections) >= 4


def test_the_missing_number_of_a_seed_is_reported() -> None:
    problems = extracted("001_e33977f9e103f951.txt").articles[0].problems
    assert [problem.message.split("：")[0] for problem in problems] == ["(3) 缺失"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_must_be_gone_is_in_any_section(name: str) -> None:
    found = extracted(name)
    text = "\n".join(f"{article.title}\n{article.text}" for article in found.articles)
    assert [junk for junk in GOLD[name]["must_not_contain"] if junk in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_original_and_simplified_text_have_the_same_length(name: str) -> None:
    sections = [section for article in extracted(name).articles for section in article.sections]
    twins = [(section.text, section.text_original) for section in sections if section.text_original is not None]
    assert [len(text) for text, _ in twins] == [len(original) for _, original in twins]
