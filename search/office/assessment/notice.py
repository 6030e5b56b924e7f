"""The notice of a month's assessment (考核通报) as docx."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from docx import Document

from schemas.office.assessment import COUNTED_NAMES, Assessment, Counted
from schemas.office.findings import Finding, basis_text
from search.office.assessment.rules import BASES
from search.office.assessment.table import item_text, month_words, notice_title, points_text
from search.office.form.docx_parts import HEADING, add_paragraph, add_rows, add_title

MOST = 300
"""So many findings are written out; the table of findings has all."""


def notice_bytes(assessment: Assessment, findings: Iterable[Finding], *, today: date) -> bytes:
    """Return the notice: scores, how they come about, and what is not as it should be, each with its paragraph."""
    document = Document()
    add_title(document, notice_title(assessment))
    for line in opening_lines(assessment):
        add_paragraph(document, line, indent=True)
    add_paragraph(document, "一、得分", font=HEADING, indent=True)
    add_rows(document, _score_rows(assessment))
    add_paragraph(document, "二、计分办法", font=HEADING, indent=True)
    for line in method_lines(assessment):
        add_paragraph(document, line, indent=True)
    add_paragraph(document, "三、存在问题", font=HEADING, indent=True)
    for line in _finding_lines(findings):
        add_paragraph(document, line, indent=True)
    add_paragraph(document, f"{today.year}年{today.month}月{today.day}日", indent=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opening_lines(assessment: Assessment) -> list[str]:
    """Return what the notice begins with."""
    units = sum(one.rank is not None for one in assessment.scores)
    bases = "、".join(map(basis_text, BASES))
    lines = [f"依据{bases}，现将{month_words(assessment.month)}对{units}个单位政务公开工作的考核情况通报如下。"]
    if assessment.unlisted:
        lines.append(f"另有{assessment.unlisted}件文件由考核名单以外的机关公开，未计分。")
    return lines


def method_lines(assessment: Assessment) -> list[str]:
    """Return how the points come about."""
    rules = assessment.rules
    bounds = f"不低于{points_text(rules.least)}分"
    if rules.highest is not None:
        bounds += f"、不高于{points_text(rules.highest)}分"
    return [
        f"每个单位以{points_text(rules.start)}分为基础，总分{bounds}。",
        *(f"{item_text(one)}。" for one in rules.items),
        "公开、著录按发布日期所在月计，答复按答复书日期所在月计，暂存按文件写入的月计，废止未标明按出具之日的情况计。"
        "成文日期或发布日期不明的，不计按时与逾期；答复书没有写明收到申请日期或曾征求意见的，不计逾期答复。",
    ]


def _score_rows(assessment: Assessment) -> Sequence[Sequence[str]]:
    head = ("名次", "单位", *COUNTED_NAMES.values(), "总分")
    return [
        head,
        *(
            (
                "" if one.rank is None else str(one.rank),
                one.unit,
                *(str(one.counts.get(counted, 0)) for counted in Counted),
                "" if one.rank is None else points_text(one.total),
            )
            for one in assessment.scores
        ),
    ]


def _finding_lines(findings: Iterable[Finding]) -> list[str]:
    listed = list(islice(findings, MOST + 1))
    lines = [
        f"{number}.{one.message}（{'；'.join(map(basis_text, one.rule.bases))}）。"
        for number, one in enumerate(listed[:MOST], 1)
    ]
    if len(listed) > MOST:
        lines.append(f"只列出前{MOST}项，其余见问题清单。")
    return lines or ["没有发现问题。"]
