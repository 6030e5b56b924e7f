"""What is checked of the catalogue, and the paragraphs it rests on."""

from dataclasses import replace

from schemas.office.bases import regulation
from schemas.office.catalogue import DisclosureClass
from schemas.office.findings import Rule, Severity

_CONTENTS, _CURRENT = regulation("第二十条"), regulation("第十二条")

EMPTY = Rule("catalogue.empty", "主动公开目录有空栏", Severity.WARNING, (_CONTENTS,))
STALE = Rule("catalogue.stale", "主动公开目录久未更新（期限由本机关定）", Severity.WARNING, (_CONTENTS, _CURRENT))
UNIT_EMPTY = Rule("catalogue.unit-empty", "机关在部分类别没有文件", Severity.NOTICE, (_CONTENTS,))
UNIT_STALE = Rule(
    "catalogue.unit-stale", "机关在部分类别久未更新（期限由本机关定）", Severity.NOTICE, (_CONTENTS, _CURRENT)
)

CATALOGUE_RULES = (EMPTY, STALE, UNIT_EMPTY, UNIT_STALE)


def of_class(rule: Rule, one: DisclosureClass) -> Rule:
    """Return a rule that rests on the item of one class: 第二十条第（七）项."""
    return replace(rule, bases=(regulation(f"第二十条第{one.mark}项"), *rule.bases[1:]))
