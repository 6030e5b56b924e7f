"""A table of the office is the same in every form it leaves in."""

import io

import pytest
from python_calamine import CalamineWorkbook

from schemas.office.bases import regulation
from schemas.office.findings import Finding, Quote, Rule, Severity, rule_table
from search.api.tables import csv_lines, xlsx_chunks
from search.office.tables import finding_table

RULE = Rule("annual.balance", "勾稽关系", Severity.ERROR, (regulation("第五十条"),))
FINDING = Finding(RULE, "多 1 件", (Quote("年报.docx", "表三", "784"), Quote("年报.docx", "表三（七）", "13364")))


def test_a_finding_keeps_its_evidence_and_its_paragraph_in_csv_and_xlsx() -> None:
    table = finding_table("年报核查", [FINDING])
    text = b"".join(csv_lines(table.head, table.rows)).decode("utf-8-sig")
    again = finding_table("年报核查", [FINDING])
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(xlsx_chunks(again.head, again.rows))))
    head, row = book.get_sheet_by_index(0).to_python()
    assert text.splitlines()[0].split(",") == head
    for cell in ("annual.balance", "错误", "多 1 件", "年报.docx", "表三；表三（七）", "784"):
        assert cell in row
        assert cell in text
    assert "《中华人民共和国政府信息公开条例》（国令第711号）第五十条" in row


def test_two_rules_of_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match=r"annual\.balance"):
        rule_table([RULE, RULE])
