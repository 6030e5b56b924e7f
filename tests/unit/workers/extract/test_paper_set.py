"""Record and outline of papers of many kinds, made after the look of published ones (``tests/samples/papers``)."""

import pytest

from ops.bench.quality.sameness import plain, same
from schemas.articles import Article
from tests.support.paper_set import FIELDS, Paper, papers
from workers.extract import extract
from workers.normalize import normalize

PAPERS = papers()


def read(paper: Paper) -> tuple[Article, ...]:
    return extract(normalize(paper.converted())).articles


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_record_of_a_paper_says_what_a_reader_would(paper: Paper) -> None:
    article = read(paper)[0]
    wrong = {
        name: value
        for name, value in ((name, getattr(article, FIELDS[name])) for name in FIELDS)
        if not any(value is right is None or (value and right and same(value, right)) for right in paper.takes(name))
    }
    assert wrong == {}


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if paper.outline], ids=lambda paper: paper.name)
def test_the_outline_of_a_paper_has_its_headings_and_no_others(paper: Paper) -> None:
    sections = [section for article in read(paper) for section in article.sections if section.heading]
    found = [plain(f"{section.number or ''}{section.heading}") for section in sections]
    assert found == [plain(row) for row in paper.outline or ()]


def test_no_paper_without_disclosure_has_statistics() -> None:
    none = [paper for paper in PAPERS if "statistics" not in paper.values]
    stated = {paper.name: row.statistics for paper in none for row in read(paper) if row.statistics}
    assert stated == {}
