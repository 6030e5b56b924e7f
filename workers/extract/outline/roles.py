"""The subject of a section of a disclosure report, by the words of its heading, else of the headings above it.

「（二）依申请公开方面」 is ``disclosure_on_request``; 「加强组织领导，强化监督检查」 goes by what it names first. Below
problems, improvements and plans all is part of them; else a heading that names nothing goes by the nearest above that
does.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from schemas.articles import Section

_MAX_LENGTH = 60
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("annex", r"^附(?:件|表|录)|统计表$|^附\s?[:：]"),
        (
            "problems",
            "存在(?:的)?(?:主要)?(?:问题|不足|困难)|(?:主要|突出)问题|不足(?:之处|和|及|与|$)|问题(?:和|及|与|$)",
        ),
        (
            "plans",
            "下一?步|(?:计划|打算|思路|设想)$|工作(?:计划|打算|思路|安排)|今后(?:的)?(?:工作|一段)|努力方向",
        ),
        ("improvements", "改进(?:情况|措施|办法|意见|方向)?|整改"),
        ("disclosure_on_request", "依申请|(?:收到|受理|处理).{0,12}申请|申请(?:的)?(?:受理|办理|处理|答复)"),
        (
            "supervision",
            "监督|考核|评议|责任追究|督[查促导]|检查|巡查|行政复议|行政诉讼|举报|投诉|申诉|问责|培训|保障(?:措施|方面|机制|$)",
        ),
        (
            "platforms",
            "平台|载体|网站|新媒体|微博|微信|公众号|公报|公开栏|渠道|途径|查阅(?:点|场所|室)|热线|媒体|门户|电子政务",
        ),
        ("institutions", "制度|机制|规程|规章|工作方案"),
        (
            "organisation",
            "组织领导|(?:加强|强化|工作|切实).{0,16}领导|领导(?:机构|体制|重视|小组)|队伍建设|统一思想|提高认识|思想认识|高度重视|明确(?:职责|责任)",
        ),
        (
            "proactive_disclosure",
            "主动公开|公开(?:的)?(?:内容|范围|数量|目录|指南)|重点领域|信息发布|政策解读|回应(?:关切|社会)|公开(?:政府|政务|公安|公共)?[^，,]{0,6}信息",
        ),
    )
)
_WHOLE = frozenset(("problems", "improvements", "plans", "annex"))


def with_roles(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections, each with its role if a rule is sure."""
    roles: dict[tuple[str, ...], str | None] = {}
    labelled: list[Section] = []
    for section in sections:
        above = roles.get(section.path[:-1])
        own = role_of(section.heading)
        role = above if above in _WHOLE and own not in _WHOLE else own or above
        roles[section.path] = role
        labelled.append(section if role is None else _with_role(section, role))
    return tuple(labelled)


def _with_role(section: Section, role: str) -> Section:
    # Spelled out, since ``dataclasses.replace`` takes three times as long and every section passes here.
    return Section(
        section.level,
        section.path,
        section.number,
        section.heading,
        section.text,
        section.heading_original,
        section.text_original,
        section.page,
        role,
    )


def role_of(heading: str | None) -> str | None:
    """Return the role a heading names first, a key of ``schemas.glossary.ROLES``, or None if it names none."""
    return _role_of(heading[:_MAX_LENGTH]) if heading else None


@lru_cache(maxsize=4096)  # the same headings stand in most reports
def _role_of(text: str) -> str | None:
    found = [(match.start(), role) for role, rule in _RULES if (match := rule.search(text))]
    return min(found, key=lambda place: place[0])[1] if found else None
