"""Numbers that sentences state: 「利用…各类新闻媒体等公开政府信息212条」, 「共发布785条信息」, 「答复率达到100%」.

Only figures with a unit that stand in a clause on disclosure work. Shares and growth (占79%, 提高了172%) follow from
counts and are left out, and so are numbers of what is to be done (要对13个试点领域…).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.articles import Statistic
from workers.extract.statistics.vocabulary import DISCLOSURE, NO_UNIT, NUMBER, UNIT, to_number
from workers.runtime.lazy_regex import found_at, lazy_compile

_STATED = lazy_compile(
    rf"{NUMBER}\s?([万亿])?[余多]?\s?({UNIT})(?:[（(]次[）)])?{NO_UNIT}"
    rf"|率[均已为达到约]{{0,3}}{NUMBER}\s?([%％])"
    rf"|[数量额][为达是共:：\s]{{0,3}}{NUMBER}(?=[。；，,;\n]|$)"
)
_BEGINS = re.compile("[0-9率数量额](?:(?<=[0-9])[0-9]+)?")
_STOP = "。！？；;\n"
_MARKS = "，,、：:" + _STOP
_MARK = lazy_compile(f"[{_MARKS}]")
_GOING_ON = ("其中", " 其中")
_REACH = 120
_BEHIND = 60
_MAX_SUBJECT_LENGTH = 40
_LEAD = lazy_compile(
    r"(?:其中|另外|此外|同时|今年以来|一年来|全年来?|本年度?|年内|[0-9]{4}年度?|截[至止]目前|目前|以来|我们|我[局区市县镇乡省厅委院街]道?|"
    r"全[区市县省镇局]|共计?|累计|总计|已经?|及时|还|并|被|，|,|[:：\s])++"
)
_TAIL = (
    "共计",
    "共有",
    "累计",
    "总计",
    "合计",
    "总共",
    "达到",
    "约为",
    "超过",
    "达",
    "共",
    "计",
    "为",
    "约",
    "近",
    "超",
    "有",
    "是",
    "了",
)
_VERB = lazy_compile(
    "(?:发布|公开|公布|收到|受理|接收|接到|接受|接待|办理|办结|处理|答复|回复|回应|组织|举办|召开|开展|开设|开通|设立|设置|建立|建成|"
    "制定|制作|制发|出台|印发|编制|编发|编印|刊发|刊登|刊出|报送|上报|上传|更新|录入|新增|投入|拨付|安排|汇集|完成|修订|废止|"
    "清理|梳理|关停|检查|抽查|推送|转发|撰写|共享|配备|举行|参加)了?$"
)
_PARTICLE = lazy_compile("[的等及和与在对将把于至]$")
_AFTER_END = lazy_compile("已|均|全部|向|进行|加强|得到|[（(]|占")
_INTENT = lazy_compile(
    "(?<![主重需首必只纲简])要(?![求点素闻件])|应当|(?<![回相供反响适对])应(?![急用对答诉邀])|力争|计划|拟|不少于|不超过|不得|至少|务于"
)
_YEAR = lazy_compile(r"(?<![至到0-9])((?:19|20)[0-9]{2})年")
_LEADING_YEAR = lazy_compile(r"(?:^|[，,。；;\s])((?:19|20)[0-9]{2})年")
_LISTED = lazy_compile("包括|涉及|涵盖|分为")


@dataclass(slots=True)
class _Sentence:
    """What earlier numbers of a sentence determine for later ones.

    Attributes:
        start: Where it begins.
        units: Of the numbers accepted so far: 「采用118篇，其中国家级1篇」.
        subject: Of the number before.
        year: The last one named, else the text's.
    """

    start: int
    units: set[str]
    subject: str = ""
    year: int | None = None

    def from_(self, start: int) -> "_Sentence":
        """Return the sentence that goes on at ``start``."""
        return _Sentence(start, self.units, self.subject, self.year)


def read_narrative(text: str, year: int | None) -> Iterator[tuple[int, Statistic]]:
    """Yield (offset, statistic) of each number of disclosure work that ``text`` states, in order."""
    sentence = _Sentence(0, set(), year=year)
    done = 0
    matches = list(found_at(_BEGINS, _STATED, text))
    for place, match in enumerate(matches):
        stop = max(text.rfind(mark, done, match.start()) for mark in _STOP) + 1
        if stop > done or not place:
            goes_on = text.startswith(_GOING_ON, stop) or text[stop - 1 : stop] in ("；", ";")
            sentence = sentence.from_(stop) if goes_on else _Sentence(stop, set(), year=year)
        sentence.year = _year(text[max(done, stop) : match.start()]) or sentence.year
        following = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        statistic = _read(text, match, sentence, min(following, match.end() + _BEHIND), done)
        if statistic is not None:
            yield match.start(), statistic
        done = match.end()


def _year(before: str) -> int | None:
    """Return the year a clause begins with, else the last named: 「2010年结合2007年和2009年…60部」 is of 2010."""
    years = _LEADING_YEAR.findall(before) or _YEAR.findall(before)
    return int(years[-1]) if years else None


def _read(text: str, match: re.Match[str], sentence: _Sentence, limit: int, done: int) -> Statistic | None:
    value, unit = _value(match)
    start = max(done, sentence.start, match.start() - _REACH)
    own = match.end() if match[4] or match[3] else match.start()
    before = text[start : match.start() + (1 if match.lastindex and match[1] is None else 0)]
    clause = _last_clause(before)
    after = "" if match[1] is None else _up_to_mark(text[own:limit])
    if _INTENT.search(clause):
        return None
    subject = _subject(clause, after, before, sentence.subject)
    related = any(DISCLOSURE.search(words) for words in (clause, after, subject)) or unit in sentence.units
    if not related or not subject:
        return None
    sentence.units.add(unit)
    sentence.subject = subject
    measure = "其中" if clause.startswith("其中") else ""
    evidence = _evidence(text, match, sentence.start)
    return Statistic(subject, measure, value, unit, sentence.year, evidence, table=False)


def _value(match: re.Match[str]) -> tuple[int | float, str]:
    if match[1] is not None:
        return to_number(match[1], match[2]), f"{match[3] or ''}{match[4]}"
    if match[5] is not None:
        return to_number(match[5], match[6]), "%"
    return to_number(match[8], match[9]), ""


def _last_clause(before: str) -> str:
    """Return the text between the last mark and the number; a colon right before the number does not count."""
    before = before.rstrip(" :：—")
    return before[max(map(before.rfind, _MARKS)) + 1 :]


def _up_to_mark(after: str) -> str:
    end = _MARK.search(after)
    after = after[: end.start()] if end else after
    cut = _AFTER_END.search(after)
    return _trim(after[: cut.start()] if cut and cut.start() else ("" if cut else after))


def _subject(clause: str, after: str, before: str, earlier: str) -> str:
    """Return the subject, from the words before the number (公开政府信息|212条) or after it (785条|信息)."""
    lead = _LEAD.match(clause)
    own = _trim(clause[lead.end() :] if lead else clause)
    verb = _VERB.search(own)
    particle = _PARTICLE.search(own)
    if after and (not own or verb or particle):
        return f"{verb.group() if verb else ''}{after}"[-_MAX_SUBJECT_LENGTH:]
    if particle and own.endswith("等") and (listed := _head_of_list(before)):
        return listed[-_MAX_SUBJECT_LENGTH:]
    return own[-_MAX_SUBJECT_LENGTH:] if len(own) > 1 else (earlier or own)


def _head_of_list(before: str) -> str:
    """Return the subject of a list that is counted at its end: 「公开信息内容|包括…、岗位人员等|17项」."""
    heads = list(_LISTED.finditer(before))
    return _last_clause(before[: heads[-1].start()]) if heads else ""


def _trim(text: str) -> str:
    text = text.strip(" 　:：").removeprefix("的")
    while text.endswith(_TAIL) and not text.endswith("行为"):
        text = text[: -next(len(word) for word in _TAIL if text.endswith(word))].rstrip(" :：")
    return text


def _evidence(text: str, match: re.Match[str], start: int) -> str:
    """Return the sentence, or the part near the number if it is very long."""
    start = max(start, match.start() - _REACH)
    ends = (text.find(mark, match.end(), match.end() + _BEHIND) for mark in "。；;\n")
    end = min((place + 1 for place in ends if place >= 0), default=min(len(text), match.end() + _BEHIND))
    return text[start:end].strip()
