"""The nine items of a guide and the four of a catalogue, and the words by which a text is seen to hold them."""

import re
from dataclasses import dataclass

from schemas.office.catalogues.guide import GuideKind
from search.office.catalogue.classes import plain_title

_SPACE = r"[ \t　]*"
# Seven digits or more, with or without an area code, or a masked number: (0451)8765432, 138****1234, 12345.
_TELEPHONE = r"[（(]?[0-9]{3,4}[）)]?[ \-－—]?[0-9]{7,8}|[0-9]{7,12}|[0-9]{3}\*{4}[0-9]{4}|12345"


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One item.

    Attributes:
        kind: Of which document.
        name: Its words in the 条例.
        held: What shows that a text holds it.
        label: Its label, by which a place left blank is told from an item that is not there; None if it has none.
    """

    kind: GuideKind
    name: str
    held: re.Pattern[str]
    label: re.Pattern[str] | None = None


def _guide(name: str, held: str, label: str = "") -> GuideItem:
    return GuideItem(GuideKind.GUIDE, name, re.compile(held), re.compile(label) if label else None)


def _catalogue(name: str, held: str) -> GuideItem:
    return GuideItem(GuideKind.CATALOGUE, name, re.compile(held))


ITEMS = (
    _guide("政府信息的分类", "分类|类别|分为.{0,12}类"),
    _guide("编排体系", "编排|索引号.{0,20}(?:组成|编制|构成)|按照?.{0,12}(?:编制|排列|编号)"),
    _guide(
        "获取方式", "获取方式|获取途径|公开(?:形式|方式|途径|渠道)|查阅(?:场所|地点|点)|申请(?:方式|办法|流程|程序)"
    ),
    _guide(
        "工作机构的名称",
        rf"(?:机构名称|受理机构|工作机构|受理单位){_SPACE}[为是]?[：:\t]?{_SPACE}(?!名称|办公|[：:\t\n])[\u4e00-\u9fff]{{4,}}",
        "机构名称|受理机构|工作机构",
    ),
    _guide("办公地址", rf"(?:地址|地点){_SPACE}[为是]?[：:\t]{_SPACE}[\u4e00-\u9fff0-9]{{3,}}", "地址"),
    _guide(
        "办公时间",
        r"(?:时间|工作日)[^\n]{0,30}[0-9]{1,2}[：:.时][0-9]{0,2}|时间[^\n]{0,12}(?:工作日|周一|星期一)",
        "时间",
    ),
    _guide("联系电话", rf"(?:电话|热线)[^\n]{{0,16}}?(?:{_TELEPHONE})", "电话"),
    _guide("传真号码", rf"传真[^\n]{{0,16}}?(?:{_TELEPHONE})", "传真"),
    _guide(
        "互联网联系方式",
        r"[\w.\-]+@[\w\-]+\.[\w.]+|https?://|www\.[\w\-]+|[\w\-]+\.gov\.cn",
        "电子邮箱|电子邮件|邮箱|网址|网站",
    ),
    _catalogue("索引", "索引"),
    _catalogue("名称", "名称|标题|题名|文件名"),
    _catalogue("内容概述", "概述|内容摘要|摘要|内容简介|主要内容"),
    _catalogue("生成日期", "生成日期|成文日期|形成日期|发文日期|生成时间|制作日期"),
)

_GUIDE = re.compile("(?:信息|政务)公开(?:工作)?指南")
_CATALOGUE = re.compile("(?:信息|政务|主动)公开(?:基本|全清单|事项)?目录")


def kind_of(title: str) -> GuideKind | None:
    """Return which of the two a document is by its title; None if it is neither, such as a notice about one."""
    text = plain_title(title)
    if text.endswith(("通知", "报告", "总结", "意见", "函", "批复")):
        return None
    if _GUIDE.search(text):
        return GuideKind.GUIDE
    return GuideKind.CATALOGUE if _CATALOGUE.search(text) else None
