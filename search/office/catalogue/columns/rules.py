"""What is checked of the office's own columns, and what it rests on."""

from schemas.office.bases import regulation
from schemas.office.findings import Basis, Rule, Severity

# How long a column may stand still: its text was read only as other offices quote it, so no paragraph is given.
_INDICATORS = Basis("政府网站与政务新媒体检查指标", "国办秘函〔2019〕19号", "", "")

EMPTY = Rule("column.empty", "栏目没有文件", Severity.WARNING, (_INDICATORS,))
STALE = Rule("column.stale", "栏目久未更新（期限由本机关定）", Severity.WARNING, (_INDICATORS, regulation("第六条")))
SITE_EMPTY = Rule("column.site-empty", "子站点有空栏目", Severity.NOTICE, (_INDICATORS,))
SITE_STALE = Rule("column.site-stale", "子站点有久未更新的栏目（期限由本机关定）", Severity.NOTICE, (_INDICATORS,))

COLUMN_RULES = (EMPTY, STALE, SITE_EMPTY, SITE_STALE)
