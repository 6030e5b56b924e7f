"""What is checked of a standard catalogue, and what it rests on: its own table, and the 条例."""

from schemas.office.bases import regulation
from schemas.office.findings import Rule, Severity

_PUBLISH, _PERIOD = regulation("第十九条"), regulation("第二十六条")

UNMATCHED = Rule("standard.unmatched", "标准目录的事项没有文件", Severity.WARNING, (_PUBLISH,))
LATE = Rule("standard.late", "标准目录的事项未按时限公开", Severity.WARNING, (_PERIOD,))
OVERDUE = Rule("standard.overdue", "标准目录的事项本期未公开", Severity.WARNING, (_PUBLISH, _PERIOD))
UNTOLD = Rule("standard.period", "标准目录的时限无法判断", Severity.NOTICE, (_PERIOD,))

STANDARD_RULES = (UNMATCHED, LATE, OVERDUE, UNTOLD)
