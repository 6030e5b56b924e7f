"""Generates disclosures of a fictitious city: notices, work points, summaries, each with record and outline.

Names, numbers and dates are invented; the same seed makes the same documents.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from ops.bench.conversion.text import Page, Paragraph, chinese

SEED = 20261129
CITY = "云岭市"
# Offices: the first word of their 文号, and their subjects.
OFFICES = {
    "人民政府办公室": ("云政办发", ("政务公开", "政府网站集约化", "便民服务热线")),
    "教育局": ("云教发", ("义务教育招生", "校外培训监管", "学生资助")),
    "卫生健康委员会": ("云卫发", ("基层医疗服务", "预防接种", "家庭医生签约")),
    "财政局": ("云财发", ("部门预算公开", "政府采购", "惠民补贴发放")),
    "民政局": ("云民发", ("社会救助", "养老服务", "儿童福利")),
    "生态环境局": ("云环发", ("饮用水水源保护", "大气污染防治", "环境信访")),
}
PARTS = ("总体要求", "主要任务", "重点领域信息公开", "政策解读和回应关切", "平台建设", "保障措施", "监督检查")
TASKS = ("主动公开事项目录", "依申请公开办理流程", "公开专栏", "办事指南", "新闻发布制度", "意见征集渠道", "业务培训")
VERBS = ("完善", "及时更新", "规范", "定期检查", "统筹推进", "按月通报")
SENTENCE = "{verb}{subject}方面的{task}，全年共公开信息{count}条，答复申请{answers}件。"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One document.

    Attributes:
        title: Title as a reader sees it.
        issuer: Full name of the organ.
        number: Its 文号.
        day: 成文日期, as written.
        page: The whole document; levels of its headings as in ``Paragraph``.
    """

    title: str
    issuer: str
    number: str
    day: str
    page: Page


def make_disclosures(count: int, *, seed: int = SEED) -> Iterator[Disclosure]:
    """Yield ``count`` documents, no two with the same 文号."""
    source = random.Random(seed)
    for n in range(count):
        yield _disclosure(n, source)


def _disclosure(n: int, source: random.Random) -> Disclosure:
    office, (word, subjects) = source.choice(list(OFFICES.items()))
    year, subject = source.randrange(2019, 2026), source.choice(subjects)
    issuer = CITY + office
    title = (
        f"{issuer}关于{source.choice((f'做好{year}年{subject}工作', f'加强{subject}', f'进一步规范{subject}'))}的通知"
    )
    number = f"{word}〔{year}〕{n + 1}号"
    day = f"{year}年{source.randrange(1, 13)}月{source.randrange(1, 29)}日"
    head = (title, number, "各县（区）人民政府，市直各单位：", f"现就{subject}工作有关事项通知如下。")
    lines = (
        *(Paragraph(text) for text in head),
        *_body(subject, source),
        Paragraph(issuer),
        Paragraph(day),
    )
    return Disclosure(title, issuer, number, day, lines)


def _body(subject: str, source: random.Random) -> Iterator[Paragraph]:
    for n, part in enumerate(source.sample(PARTS, source.randrange(3, 6)), 1):
        yield Paragraph(part, 0, f"{chinese(n)}、")
        for m, task in enumerate(source.sample(TASKS, source.randrange(1, 4)), 1):
            yield Paragraph(f"{source.choice(VERBS)}{task}", 1, f"（{chinese(m)}）")
            yield Paragraph(_sentences(subject, source))


def _sentences(subject: str, source: random.Random) -> str:
    return "".join(
        SENTENCE.format(
            verb=source.choice(VERBS),
            subject=subject,
            task=source.choice(TASKS),
            count=source.randrange(20, 3000),
            answers=source.randrange(1, 90),
        )
        for _ in range(source.randrange(2, 5))
    )
