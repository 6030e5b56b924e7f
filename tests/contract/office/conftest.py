"""One set of documents of an office in each kind of index, for all tests of this folder."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.protocol import Index
from search.query.parser import title_key
from tests.support.disclosures import row_of
from tests.support.indexes import BACKENDS, SHARDS, fresh_index

EDUCATION, FINANCE = "某市教育局", "某市财政局"
OLD, NEW = "某市教育经费管理办法", "某市教育经费使用办法"
GUIDE = "某市教育局政府信息公开指南"
LETTER = f"{EDUCATION}政府信息公开申请答复书"
ANSWER = "本局于2026年8月3日收到您提出的申请。根据《政府信息公开条例》第三十六条第（四）项的规定，答复如下。"
# Key, title, 发文机关, 成文日期, 发布日期, 文种, text.
DOCUMENTS = (
    ("教育局/a办法.txt", OLD, EDUCATION, "2015-03-02", "2015-03-05", "办法", "第一条 经费按季拨付。"),
    ("教育局/b办法.txt", NEW, EDUCATION, "2026-10-08", "2026-10-12", "办法", f"《{OLD}》同时废止。"),
    ("教育局/c预算.txt", "2026年部門預算", EDUCATION, "2026-08-03", "2026-10-20", "预算", "收支总表"),
    ("教育局/d答复.txt", LETTER, EDUCATION, "2026-10-09", None, "答复", ANSWER),
    ("教育局/e指南.txt", GUIDE, EDUCATION, "2020-01-02", "2020-01-03", None, "机构名称：某市教育局"),
    ("财政局/f请示.txt", "关于追加经费的请示", FINANCE, "2026-10-10", "2026-10-11", "请示", "请批复。"),
    ("g预算.txt", "2025年部门预算", FINANCE, "2026-02", None, "预算", "收支总表"),
)


@pytest.fixture(scope="module", params=BACKENDS)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of ``DOCUMENTS`` and a held one."""
    url, prefix, shards = f"tantivy://{tmp_path_factory.mktemp('office')}", "office", 1
    if request.param != "tantivy":
        url = request.getfixturevalue("elasticsearch_url")
        prefix, shards = request.getfixturevalue("module_index_prefix"), SHARDS[request.param]
    with fresh_index(url, prefix, shards) as index:
        for moment, values in enumerate(DOCUMENTS, 1_700_000_000):
            _add(index, moment, *values)
        held = DocumentRecord(
            document_id("教育局/h.txt"), "教育局/h.txt", "1", State.HELD, size=1, modified_at=1_791_417_600.0
        )
        index.replace(replace(held, indexed_at=1_700_000_100.0), [])
        index.refresh()
        yield index


def _add(
    index: Index,
    moment: float,
    key: str,
    title: str,
    issuer: str,
    signed_on: str,
    published_on: str | None,
    kind: str | None,
    text: str,
) -> None:
    article = ArticleSummary(
        0, title, issuer=issuer, signed_on=signed_on, published_on=published_on, kind=kind, sections=1,
        cites=(title_key(OLD),) if OLD in text else (),
    )  # fmt: skip
    record = DocumentRecord(
        document_id(key), key, "1", State.INDEXED, size=1, content="c", format="txt", articles=(article,),
        sections=1, indexed_at=moment,
    )  # fmt: skip
    index.replace(record, [row_of(key, 0, 0, text, title=title, issuer=issuer, signed_on=signed_on)])
