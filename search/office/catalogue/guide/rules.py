"""What is checked of guides and catalogues, and the paragraphs it rests on."""

from schemas.office.bases import regulation
from schemas.office.findings import Rule, Severity

_CONTENTS, _FAULT = regulation("第十二条"), regulation("第五十三条第（二）项")

GUIDE_ITEM = Rule("guide.item", "公开指南应有的内容", Severity.WARNING, (regulation("第十二条第二款"),))
CATALOGUE_ITEM = Rule("guide.catalogue-item", "公开目录应有的内容", Severity.WARNING, (regulation("第十二条第三款"),))
NONE = Rule("guide.none", "没有公开指南或者公开目录", Severity.WARNING, (_CONTENTS,))
STALE = Rule("guide.stale", "公开指南或者公开目录久未更新（期限由本机关定）", Severity.WARNING, (_CONTENTS, _FAULT))

GUIDE_RULES = (GUIDE_ITEM, CATALOGUE_ITEM, NONE, STALE)
