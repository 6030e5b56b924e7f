"""Units and phrases of disclosure statistics, shared by their readers."""

import re
from collections.abc import Sequence
from itertools import islice

from workers.runtime.lazy_regex import lazy_compile

UNIT = (
    "(?:人次|人[（(]次[）)]|件次|条次|批次|篇次|期次|[万亿]?元"
    "|[万亿]?[条件次起份篇个项部期名人场家宗例版册幅张处户批封通])"
)
# 6个工作日, 8个领域, 3部门, 12处理 count no disclosure work.
NO_UNIT = (
    "(?!(?<=个)(?:工作日|自然日|月|小时|多月|领域|方面|部分|层|环节|百分点|国家|类别|要点|步骤|阶段|渠道|年)"
    "|(?<=部)[门分委]|(?<=处)[理室长]|(?<=通)[知过报]|(?<=批)[准复]|(?<=版)本|(?<=人)[民员大均们]|(?<=期)[间限]"
    "|(?<=家)[庭]|(?<=户)[籍口]|(?<=名)称|(?<=例)如|(?<=场)所|(?<=张)[家]|(?<=件)套|(?<=条)例|(?<=次)[于要])"
)
NUMBER = r"(?<![0-9.．第〔\[A-Za-z])(?<![0-9],)([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(\.[0-9]{1,6})?(?![0-9])"

DISCLOSURE = lazy_compile(
    "公开|公布|公示|发布|信息|申请|受理|答复|复议|诉讼|申诉|投诉|举报|咨询|来信|来电|来访|留言|信件|热线|访问|点击|浏览|查阅|"
    "查询|网站|站点|网页|专栏|栏目|专页|公众号|微博|微信|新媒体|公报|解读|新闻|稿|刊|采用|媒体|采访|宣传|培训|会议|通报|检查|"
    "督查|规范性文件|规章|法规|文件|制度|目录|指南|许可|处罚|强制|收费|资金|经费|费用|办结|结转|回应|回复|建议|提案|违规|违纪|"
    "查处|案件|文章|征集|电话|简报|意见箱|数据"
)
"""What the clause of a number speaks of if the number is one of disclosure work."""

_DISCLOSURE_WORK = lazy_compile(
    "(?:政府|政务|依申请|主动|校务|厂务|院务|警务|检务|党务|村务|财务|办事)公开|信息公开|公开(?:政府|政务|各类|的|工作)?信息|"
    "公开(?:工作|条例|目录|指南|栏|专栏|平台|内容)|推进公开"
)
_FORM_OF_REPORT = lazy_compile("(?:主动公开|依申请公开|公开申请|本年新收|第二十条第)")
_LEAST, _OFTEN, _EVERY = 2, 6, 700
_REPORT = lazy_compile("总结|报告|年报|情况|统计|汇报|自查")
_RULES = lazy_compile(
    "(?:方案|办法|规定|条例|细则|意见|通知|通告|公告|决定|批复|函|令|规划|计划|制度|指南|目录|要点|守则|规则|标准|纲要|法)$"
)
# 「制定实施方案如下。」 「特制定本办法。」
_LAID_DOWN = lazy_compile(
    "制[定订](?:本|如下|实施)(?:实施|工作)?(?:方案|办法|规定|意见|细则|计划|制度)(?:如下|[。：:])"
)
_MAX_OPENING_LENGTH = 500
_HEADLINES = 3
_MAX_HEADLINE_LENGTH = 60
_YEAR_OF = lazy_compile(r"((?:19|20)[0-9]{2})年?度?(?=[^0-9]{0,40}(?:总结|报告|年报|情况|统计))")


def sets_rules(title: str | None, first_lines: tuple[str, ...]) -> bool:
    """Tell whether a text plans or rules (「…试点工作实施方案」) and reports nothing: its numbers are no statistics."""
    lines = [line for line in (title or "", *first_lines[:_HEADLINES]) if len(line) <= _MAX_HEADLINE_LENGTH]
    lines = [re.sub(r"[（(][^（）()]{1,12}[)）]$", "", line.strip()) for line in lines]
    if any(_REPORT.search(line) for line in lines):
        return False
    opening = (line[:_MAX_OPENING_LENGTH] for line in first_lines[:_HEADLINES])
    return any(_RULES.search(line) for line in lines) or any(_LAID_DOWN.search(line) for line in opening)


def tells_of_work(words: str) -> bool:
    """Return whether a title or a table is about disclosure work."""
    return bool(_DISCLOSURE_WORK.search(words) or _FORM_OF_REPORT.search(words))


def reports_work(title: str | None, text: str, tables: Sequence[str]) -> bool:
    """Return whether a document speaks of disclosure work, and not only of something that is public.

    A tender is 公开招标, a list of candidates 公开招聘, and a budget says that it was disclosed; none of them counts
    what an office did. A title on disclosure is enough; else the text must return to it.

    Args:
        title: Of the article.
        text: Without its tables.
        tables: Text of each.
    """
    if tells_of_work(title or "") or any(_FORM_OF_REPORT.search(table) for table in tables):
        return True
    if text.count("公开") < _LEAST:  # each of its words holds it
        return False
    said = sum(1 for _ in islice(_DISCLOSURE_WORK.finditer(text), _OFTEN))
    return said >= _OFTEN or (said >= _LEAST and said * _EVERY >= len(text))


def year_of(title: str | None) -> int | None:
    """Return the year a title reports on: 2010 of 「…2010年政务公开工作总结及2011年工作思路」."""
    match = _YEAR_OF.search(title or "")
    return int(match[1]) if match else None


def to_number(whole: str, fraction: str | None = None) -> int | float:
    """Return the value of digits as written (12,345 or 9116 and .36)."""
    digits = whole.replace(",", "")
    return float(f"{digits}{fraction}") if fraction else int(digits)
