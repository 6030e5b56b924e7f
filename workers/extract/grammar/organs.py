"""Recognises the name of an organ (发文机关): in a signature, at the head of a title, in the notes of a law."""

import re
from functools import lru_cache

from workers.runtime.lazy_regex import lazy_compile

_SUFFIXES = """
    局 府 委 会 办 厅 院 部 处 署 司 室 社 组 队 站 所 中心 街道 乡 镇 公司 学校 大学 中学 小学 学院 银行 医院 幼儿园
    管委会 委员会 办公室 联合会 协会 总会 分局 支队 大队 总队 馆 台 园区 开发区 新区 人民政府 残联 妇联 总工会 工会
    科 股 基地 海关 法院 检察院 集团 网信办 国资委 发改委 军区 少年宫 文化宫 事务所 管理所 服务中心 办事处
"""
_ENDINGS = tuple(_SUFFIXES.split())
_SHAPE = lazy_compile(r"^[一-鿿（）()·“”〇\s]{2,45}$")
_MAX_LENGTH = 60  # with white space around it
_BESIDE_TITLE = lazy_compile(
    r"^([一-鿿]{2,30}?(?:局|府|委|会|办|厅|院|部|处|室|中心|街道|乡|镇|署|公司|残联|队|所|行|院))"
    r"(?:关于|转发|印发|公布|发布|批转|对|[0-9〇二]{4}|[一二]〇|民事|刑事|行政[判裁]|执行裁)"
)

_NO_ORGAN = lazy_compile("(?:[结布格开大破困]局|[大餐客]厅|部署|社会|机会|干部|家乡|场所)$")
_NEWS = lazy_compile(
    "召开|举行|举办|开展|走访|慰问|视察|莅临|看望|会见|参观|约谈|签约|揭牌|挂牌|落户|获评|获得|荣获|成立|来到|走进|深入|前往|入选|参加|出席|"
    "[赴我]|率[领队团]|调研(?![室组处科])|考察(?![组团队])|检查指导|打造|助力|新增|启用|迎来|获批|入驻|跻身|"
    "(?:工作|推进|运动|座谈|动员|部署|培训|表彰|交流|现场|调度|研讨|招聘|报告|简介|说明|发布|(?<!代表)大)会$"
)
_FOR_A_TASK = ("领导小组", "指挥部", "领导小组办公室", "指挥部办公室", "组委会", "组织委员会", "筹委会")
_TWO_MINISTRIES = lazy_compile("^([一-鿿]{2,12}部)[一-鿿]{2,14}部$")


def is_organ(text: str) -> bool:
    """Return whether ``text`` is nothing but the name of an organ."""
    return len(text) <= _MAX_LENGTH and _is_organ(text.strip())


@lru_cache(maxsize=2048)
def _is_organ(text: str) -> bool:
    return bool(_SHAPE.match(text)) and text.rstrip("）)").endswith(_ENDINGS)


def _reports_news(text: str) -> bool:
    """Return whether ``text`` says what somebody did, as a headline does: 「县领导走访慰问甲镇敬老院」."""
    return bool(_NEWS.search(text)) and not text.endswith(_FOR_A_TASK)


def is_office(text: str) -> bool:
    """Return whether ``text`` names an organ, and is no headline that ends like one: 「甲县构建和谐社会」."""
    return is_organ(text) and not _NO_ORGAN.search(text.strip()) and not _reports_news(text)


def may_sign(text: str) -> bool:
    """Return whether ``text`` could be a signature if a date follows it: short, no sentence, no label."""
    return bool(_SHAPE.match(text.strip())) and len(text.strip()) >= 3


def leading_organ(title: str) -> str | None:
    """Return the organ a title begins with (三垟街道2008年…, 国务院办公厅关于…), the first of several, or None."""
    first, mark, rest = title.partition(" ") if " " in title else title.partition("、")
    if mark and is_organ(first) and leading_organ(rest):
        return first
    match = _BESIDE_TITLE.match(title)
    return match[1] if match else None


def first_organ(text: str) -> str:
    """Return the first of the organs on a signature line, without seal marks."""
    text = re.sub(r"\s*(?:谨启|敬启|谨上|敬上|谨呈|启)$", "", text)
    text = re.sub(r"[（(](?:盖章|公章|印章|印|章)[)）]", "", text).strip()
    two = _TWO_MINISTRIES.match(text)
    if two:
        return two[1]
    pieces = re.split(r"[\s、]+", text)
    if len(pieces) > 1 and all(is_organ(piece) and _stands_alone(piece) for piece in pieces):
        return pieces[0]
    return "".join(pieces) if all(len(piece) <= 2 for piece in pieces) else text


def _stands_alone(piece: str) -> bool:
    """Return whether a piece of a signature is an organ by itself (财政部 税务总局), not a place (某某镇 人民政府)."""
    return len(piece) >= 4 or piece[-1] in "部院局委署厅"
