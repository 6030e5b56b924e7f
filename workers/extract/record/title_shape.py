"""The shape of a title line: no sentence, no label, no number; ideally it ends with a kind of document."""

import re
from functools import lru_cache

from workers.extract.grammar.dates import read_whole_date
from workers.extract.grammar.document_number import read_document_number
from workers.extract.grammar.lines import squeeze
from workers.extract.grammar.organs import is_office
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.labelled import labelled_values
from workers.extract.record.letterhead import is_redhead_line
from workers.extract.record.statute import is_statute_note
from workers.runtime.lazy_regex import lazy_compile

MAX_TITLE_LENGTH = 90
KINDS = """
    通知 意见 报告 总结 条例 办法 规定 细则 决定 决议 公告 通告 批复 复函 函 方案 计划 思路 规划 通报 制度
    要点 纲要 解释 答复
    公报 命令 令 议案 请示 纪要 规则 法 章程 汇报 指南 目录 清单 规范 标准 说明 概况
    情况 公示 声明 倡议书 规程 预案 白皮书 决定书 建议书 告知书 简章 须知
"""
_KIND_END = lazy_compile(
    "(?:" + "|".join(sorted(KINDS.split(), key=len, reverse=True)) + r")(?:[（(][^（()）]{1,12}[)）])?$"
)
_FILE_NAME = lazy_compile(r"\s*\.(?:docx?|pdf|wps|txt|html?|xlsx?|ofd|rtf)(?:VIP)?$", re.IGNORECASE)
_MAX_KIND_LENGTH = 20  # with what stands in brackets behind it
_NOTE_MARK = lazy_compile(r"(?<=[一-鿿）)》”])\s?(?:[\[［][0-9]{1,2}[\]］]|[*＊①])$")
_NOTE_ENDS = frozenset("]］*＊①\n")  # what it ends with, or stands before
_ADDRESSEE = lazy_compile(r"[:：]$")
CRUMB = lazy_compile(r"(?:^|\s)(?:您?当前的?位置|首页|您的位置|所在位置)\s*[:：>]?|[>＞»]\s*\S+\s*[>＞»]")
MAX_STATED_TITLE_LENGTH = 300
_MIN_HAN = 3
_PLACEHOLDER = lazy_compile(
    r"(?:无标题|未命名|新建|新)?(?:文档|文本文档|网页|页面|文件|幻灯片|演示文稿)[0-9（()）\s]{0,6}|无标题|首页|主页|"
    r"(?:信息|文章|新闻|内容|政策|公开)?(?:详细|详情|内容|正文|列表|浏览|查看|展示)页?面?|欢迎访问.{0,40}|"
    r"(?:政府|政务)?信息公开(?:目录|专栏|平台|年报)?|政务公开(?:专栏|平台)?|(?:政策|法规)?文件库?|通知公告|公示公告|政府文件|"
    r"(?:工作|新闻|最新|图片|行业|时政|今日|综合|媒体)?(?:动态|新闻|要闻|资讯|快讯)"
)
_SITE_NAME = lazy_compile(
    r"(?:网站|门户|官网|信息网|政府网|政务网|公开网|公开平台|服务平台|服务网|公众网|在线|[^电联互]网|人民政府|管理委员会|管委会)$"
)
_URL = lazy_compile(r"^\s*(?:https?://|www\.)\S+\s*$")
_SITE = lazy_compile(r" ?[-_—–|｜]+ ?")
_SITE_BRACKET = lazy_compile(r"(?<=.)[\[【〖]([^\[\]【】〖〗]{2,16})[\]】〗]$")
_MIN_TITLE_LENGTH = 6
_SHORTEST_KIND = 3  # 「公告_某某政务网」 has no more
_MAX_SITE_LENGTH = 24


def is_title_like(text: str, *, part: bool = False) -> bool:
    """Return whether a line could be a title: short, no sentence, no label, no number before it.

    Args:
        text: Of the line.
        part: Whether it continues a title, in which case it may be as short as 「函」.
    """
    return len(text) <= MAX_TITLE_LENGTH and _has_shape(text, part)


@lru_cache(maxsize=2048)  # the same lines are asked for as the first and as a further line of many runs
def _has_shape(text: str, part: bool) -> bool:
    return (
        (2 if part or ends_like_title(text) else 4) <= len(text)
        and not text.endswith(("。", "；", ";", "，", ","))
        and "。" not in text
        and not _ADDRESSEE.search(text)
        and read_whole_date(text) is None
        and read_document_number(text) is None
        and not is_statute_note(text)
        and not labelled_values(text)
        and not CRUMB.search(text)
        and not is_redhead_line(text)
        and is_unnumbered(text)
        and any("一" <= character <= "鿿" for character in text)
    )


def can_be_title(text: str, *, sure: bool) -> bool:
    """Return whether a stated title can be one: no placeholder (x, 无标题文档), no name of a site, column or organ.

    Args:
        text: As stated.
        sure: Whether its label says that it is the title of the paper, so that it may name an organ.
    """
    page, *site = _SITE.split(text)
    text = page if site else text
    han = sum("一" <= character <= "鿿" for character in text)
    return (
        han >= _MIN_HAN
        and not _PLACEHOLDER.fullmatch(text)
        and (ends_like_title(text) or not (_SITE_NAME.search(text) or (not sure and is_office(text))))
    )


def ends_like_title(text: str) -> bool:
    """Return whether a line ends with the name of a kind of document (…通知, …总结, …办法（试行）)."""
    text = _NOTE_MARK.sub("", text) if text[-1:] in _NOTE_ENDS else text
    return bool(_KIND_END.search(text.rstrip("》”」")[-_MAX_KIND_LENGTH:]))


def clean_title(text: str) -> str:
    """Return a title without file name, mark of a note (「…统计公报[1]」) or surrounding white space."""
    text = text.strip()[:MAX_STATED_TITLE_LENGTH]
    text = _FILE_NAME.sub("", text) if "." in text else text
    text = _NOTE_MARK.sub("", text) if text[-1:] in _NOTE_ENDS else text
    return " ".join(text.split())


def without_site(title: str) -> str:
    """Return a page's title without the names of column and site behind it (…条例_政策文件_某某县人民政府)."""
    while True:
        marks = list(_SITE.finditer(title))
        if not marks or len(title) - marks[-1].end() > _MAX_SITE_LENGTH:
            return title
        named = _SITE_NAME.search(title, marks[-1].end()) and ends_like_title(title[: marks[-1].start()])
        if marks[-1].start() < (_SHORTEST_KIND if named else _MIN_TITLE_LENGTH):
            return title
        title = title[: marks[-1].start()]


def page_names(title: str) -> tuple[str, ...]:
    """Return the possible names of the page in its title: the whole, and the part before each mark of a site."""
    return (title, *(title[: mark.start()] for mark in _SITE.finditer(title) if mark.start()))


def site_names(title: str) -> tuple[str, ...]:
    """Return possible names of column and site in a page's title: the parts after a mark, or in brackets."""
    behind = [title[mark.end() :] for mark in _SITE.finditer(title) if mark.start()]
    bracketed = _SITE_BRACKET.search(title)
    return tuple(name for name in (*behind, bracketed[1] if bracketed else "") if name)


def title_parts(text: str) -> list[str]:
    """Return the parts of a line of which marks of a site tell columns and title apart."""
    return _SITE.split(text)


def comparable_title(text: str) -> str:
    """Return the form in which titles are compared: letters only, without a file suffix."""
    return squeeze(_FILE_NAME.sub("", text) if len(text) <= MAX_STATED_TITLE_LENGTH else text[:MAX_STATED_TITLE_LENGTH])


def is_contents_heading(text: str) -> bool:
    """Return whether a line heads a table of contents: 「目　录」, 「目次」."""
    return "目" in text and squeeze(text) in ("目录", "目次", "目录页")


def is_url(text: str) -> bool:
    """Return whether a line is the address of a page."""
    return bool(_URL.match(text))


def is_unnumbered(text: str) -> bool:
    """Return whether a line has no number that begins a section (附件 and 第一部分 may stand in a title)."""
    label = read_label(text)
    return label is None or label.form.name in ("annex", "part")
