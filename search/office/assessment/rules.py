"""What the assessment finds, and the paragraphs it rests on."""

from schemas.office.bases import regulation
from schemas.office.findings import Rule, Severity

BASES = (regulation("第四十六条"), regulation("第四十七条"))
"""Why an office assesses and makes it known."""

INCOMPLETE = Rule(
    "assessment.incomplete", "文件著录不全（项目由本机关定）", Severity.WARNING, (regulation("第十二条"),)
)
HELD = Rule("assessment.held", "文件暂存，待审查后公开", Severity.NOTICE, (regulation("第十七条"),))

ASSESSMENT_RULES = (INCOMPLETE, HELD)
