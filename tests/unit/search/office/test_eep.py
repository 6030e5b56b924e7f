"""The EEP package is valid by the schema of DA/T 48-2009, as far as that could be read, and gives its file back."""

import base64
import datetime
from pathlib import Path

import pytest
from lxml import etree

from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.office.output.reprint.eep_file import NAMESPACE, Packed, UndatedError, eep_bytes

SCHEMA = Path(__file__).parents[3] / "samples" / "eep" / "eep.xsd"
MADE_AT = datetime.datetime(2026, 11, 30, 9, 30, tzinfo=datetime.UTC)
DATA = b"PK\x03\x04 a docx"


def packed(article: ArticleSummary) -> Packed:
    record = DocumentRecord(document_id("通知.txt"), "通知.txt", "1", State.INDEXED, articles=(article,))
    return Packed(record, article, DATA, MADE_AT)


@pytest.mark.parametrize(
    "article",
    [
        ArticleSummary(
            0, "关于<防汛>的通知\x0b", issuer="某市水利局", document_number="某水发〔2025〕3号", signed_on="2025-03-02",
            published_on="2025-03-05", kind="通知",
        ),
        ArticleSummary(1, None, published_on="2024"),
    ],
)  # fmt: skip
def test_a_package_is_valid_and_holds_the_record_and_the_file(article: ArticleSummary) -> None:
    tree = etree.fromstring(eep_bytes(packed(article)))
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(tree)

    def text(name: str) -> str | None:
        found = tree.findtext(f".//{{{NAMESPACE}}}{name}")
        return None if found is None else str(found)

    assert base64.b64decode(text("编码数据") or "") == DATA
    assert (text("责任者"), text("文件编号"), text("文种")) == (
        article.issuer or "", article.document_number, article.kind,
    )  # fmt: skip
    assert text("年度") == (article.signed_on or article.published_on or "")[:4]
    assert text("题名") == (article.title or "通知.txt").replace("\x0b", "\N{REPLACEMENT CHARACTER}")
    assert text("封装包创建时间") == "2026-11-30T09:30:00+00:00"


def test_a_document_without_a_date_cannot_be_packed_and_says_why() -> None:
    with pytest.raises(UndatedError, match="年度"):
        eep_bytes(packed(ArticleSummary(0, "通知")))
