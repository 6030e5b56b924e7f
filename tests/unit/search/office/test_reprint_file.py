"""A reprint has title and issuer in its properties, whoever asks for it, and an EEP package needs an article."""

import io

import docx
import pytest

from schemas.office.output.reprint import Paragraph, Title
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.office.output.reprint.eep_file import NoArticleError, UndatedError
from search.office.output.reprint.file_bytes import file_bytes

ARTICLE = ArticleSummary(0, "关于防汛的通知", issuer="某市水利局")
PARTS = (Title("关于防汛的通知", None), Paragraph("请各单位落实。"))


def record(*articles: ArticleSummary) -> DocumentRecord:
    return DocumentRecord(document_id("通知.txt"), "通知.txt", "1", State.INDEXED, articles=articles)


def test_a_docx_names_title_and_issuer_of_the_first_article() -> None:
    found = docx.Document(io.BytesIO(file_bytes(record(ARTICLE), PARTS, "docx"))).core_properties
    assert (found.title, found.author) == ("关于防汛的通知", "某市水利局")


def test_a_docx_without_article_is_named_by_its_file() -> None:
    found = docx.Document(io.BytesIO(file_bytes(record(), PARTS, "docx"))).core_properties
    assert (found.title, found.author) == ("通知.txt", "")


def test_a_text_holds_what_the_parts_say() -> None:
    assert "请各单位落实。" in file_bytes(record(ARTICLE), PARTS, "txt").decode()


def test_a_package_needs_an_article_and_a_date() -> None:
    with pytest.raises(NoArticleError):
        file_bytes(record(), PARTS, "eep")
    with pytest.raises(UndatedError):
        file_bytes(record(ARTICLE), PARTS, "eep")
