"""``/office``: the start page of the disclosure office, and the pages below it."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from search.http.auth import READING
from search.office.rules import RULES
from search.pages.desk import saved_searches, statistics
from search.pages.office import (
    annual,
    assessment,
    catalogue,
    check,
    columns,
    compare,
    deadlines,
    form,
    gazette,
    guide,
    letters,
    standard,
    validity,
)
from search.pages.office.view import rule_view
from search.pages.render import page

router = APIRouter(prefix="/office", default_response_class=HTMLResponse, dependencies=[Depends(READING)])


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the office: its URL, name and purpose."""

    path: str
    name: str
    purpose: str


# Every page below /office must have a line here.
PAGES: tuple[Link, ...] = (
    Link("/office/annual", "年度报告核查", "表内勾稽、上下年、各单位、正文与表、未按时公布"),
    Link("/office/form", "填报年度报告", "由申请台账算出三张表，写成 Word 或网页"),
    Link("/office/deadlines", "时限", "逾期、本周到期与无法判断的公开和答复"),
    Link("/office/check", "发布前检查", "个人信息、密级、公文格式、附件、条款与依据"),
    Link("/office/validity", "文件有效性", "由废止、修改等语句推及所指文件，找出未标明和矛盾的"),
    Link("/office/catalogue", "主动公开目录", "条例第二十条的十五类，按机关和年份计数，找出空栏和久未更新的"),
    Link("/office/assessment", "考核通报", "各单位当月公开、著录、暂存、废止标注与答复的计分，可下载通报"),
    Link("/office/letters", "依申请公开答复", "答复书按条例第三十六条的七种结果，按机关和年份计数"),
    Link("/office/fee", "信息处理费", "按件或按页计算，列出各档"),
    Link("/office/columns", "本机关栏目", "本机关自己的栏目，按子站点、机关和年份计数，找出空栏目和久未更新的"),
    Link("/office/guide", "指南、目录与负面清单", "公开指南和目录应有的十三项内容，已公开而可以不予公开的文件"),
    Link("/office/standard", "标准目录", "基层政务公开标准目录的事项与文件逐项对照，列出没有文件和逾期的"),
    Link("/office/compare", "版本对照", "同一法规的两个版本逐条对照，标出改动的词语"),
    Link("/office/gazette", "公报与导出", "一段时间的文件汇编成公报，元数据导出，供收割的接口"),
    Link("/office/statistics", "统计数据", "文件写明的数字，按事项、机关和年份比较，可导出"),
    Link("/office/searches", "保存的检索", "新文件入库即订阅、推送；要有写入权限的凭证"),
)


@router.get("")
def office_page() -> HTMLResponse:
    """Show the start page."""
    return page("office/home.html", links=PAGES, here="office")


@router.get("/rules")
def rules_page() -> HTMLResponse:
    """Show every rule with its legal basis."""
    return page("office/rules.html", rules=[rule_view(rule) for rule in RULES.values()], here="office")


for _part in (
    annual,
    form,
    deadlines,
    validity,
    check,
    catalogue,
    columns,
    guide,
    standard,
    compare,
    gazette,
    assessment,
    letters,
    statistics,
    saved_searches,
):
    router.include_router(_part.router)
