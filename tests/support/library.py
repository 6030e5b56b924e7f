"""Documents for the HTTP tests, some of them hostile."""

from dataclasses import replace
from typing import Any

from schemas.outcomes import Category, Problem, State
from schemas.records import ArticleSummary, DocumentRecord, SectionRow, document_id

TEXTS = (
    "市残联把政务公开工作列入重要议事日程,成立了由理事长任组长、政务公开工作领导小组,领导小组下设办公室,具体负责日常工作。",
    "建立健全了政府信息公开的社会评议、责任追究和定期考核等制度,使政府信息公开工作有章可循、有制可依。",
    "主动公开政府信息 212 条,全年受理依申请公开 0 件,行政复议 0 件。",
)


def rows_of(key: str, article: int = 0, **fields: Any) -> list[SectionRow]:
    identifier = document_id(key)
    first = "一、2010年政务公开工作总结"
    second = "(一)加强组织领导,强化监督检查,确保政务公开工作落实到位"
    shape = [
        (0, None, None, ()),
        (1, "一、", "2010年政务公开工作总结", (first,)),
        (2, "(一)", "加强组织领导,强化监督检查,确保政务公开工作落实到位", (first, second)),
        (3, "1.", "加强领导,强化组织机构", (first, second, "1.加强领导,强化组织机构")),
        (3, "2.", None, (first, second, "2.")),
        (1, "二、", "2011年工作思路", ("二、2011年工作思路",)),
    ]
    given: dict[str, Any] = {
        "title": "牡丹江市残联2010年政务公开工作总结及2011年工作思路",
        "issuer": "牡丹江市残疾人联合会",
        "signed_on": "2011-01-13",
        "year": 2011,
        "format": "docx",
        **fields,
    }
    return [
        SectionRow(
            f"{identifier}-{article}-{ordinal}", identifier, key, article, ordinal, level, number, heading, path,
            TEXTS[ordinal % len(TEXTS)] * (1 + ordinal % 2), **given,
        )
        for ordinal, (level, number, heading, path) in enumerate(shape)
    ]  # fmt: skip


def record_of(key: str, rows: list[SectionRow], **fields: Any) -> DocumentRecord:
    firsts = {row.article: row for row in reversed(rows)}
    articles = tuple(
        ArticleSummary(
            ordinal=ordinal,
            title=row.title,
            issuer=row.issuer,
            document_number=row.document_number,
            signed_on=row.signed_on,
            published_on=row.published_on,
            sections=sum(other.article == ordinal for other in rows),
        )
        for ordinal, row in sorted(firsts.items())
    )
    record = DocumentRecord(
        id=document_id(key), key=key, etag=f"etag of {key}", state=State.INDEXED, size=34_560, content="c0ffee",
        format="docx", articles=articles, sections=len(rows), indexed_at=1_790_000_000.0, modified_at=1_790_000_000.0,
    )  # fmt: skip
    return replace(record, **fields)


HOSTILE = '<script>alert("xss")</script>'

PARTIAL_PROBLEM = Problem("convert", "第 3 页只有图像,没有文字;安装 tesseract 后重新处理", page=3, lossy=True)
FAILED_PROBLEM = Problem("convert", "the file is encrypted; send its password", Category.ENCRYPTED)
HELD_PROBLEM = Problem("extract", "identity card number 2301**********1234")
