"""What is checked of the validity of documents, and the paragraphs it rests on."""

from schemas.office.bases import regulation
from schemas.office.findings import Rule, Severity

UNMARKED = Rule(
    "validity.unmarked", "已废止的文件应当标明", Severity.WARNING, (regulation("第六条"), regulation("第二十六条"))
)
CONFLICT = Rule("validity.conflict", "同一文件既被废止又称继续有效", Severity.ERROR, (regulation("第六条"),))
BASIS = Rule("validity.basis", "以已废止的文件为依据（本程序建议）", Severity.WARNING, ())

VALIDITY_RULES = (UNMARKED, CONFLICT, BASIS)
