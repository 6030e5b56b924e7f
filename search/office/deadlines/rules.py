"""The deadlines there are, and the paragraphs they rest on."""

from schemas.office.bases import regulation
from schemas.office.findings import Basis, Rule, Severity

# 「开始的当日不计入，自下一日开始计算」: how days are counted where the 条例 says nothing of it.
_COUNTED = Basis("中华人民共和国民法典", "2020年主席令第45号", "第二百零一条", "")

PUBLICATION = Rule(
    "deadline.publication", "自形成之日起 20 个工作日内公开", Severity.ERROR, (regulation("第二十六条"), _COUNTED)
)
ANSWER = Rule(
    "deadline.answer", "自收到申请之日起 20 个工作日内答复", Severity.ERROR, (regulation("第三十三条"), _COUNTED)
)
COMPLETION = Rule(
    "deadline.completion", "自收到申请之日起 7 个工作日内告知补正", Severity.ERROR, (regulation("第三十条"), _COUNTED)
)
THIRD_PARTY = Rule(
    "deadline.third-party",
    "第三方自收到征求意见书之日起 15 个工作日内提出意见",
    Severity.NOTICE,
    (regulation("第三十二条"), _COUNTED),
)

DEADLINE_RULES = (PUBLICATION, ANSWER, COMPLETION, THIRD_PARTY)
DAYS = {PUBLICATION.code: 20, ANSWER.code: 20, COMPLETION.code: 7, THIRD_PARTY.code: 15}
EXTENSION = 20
