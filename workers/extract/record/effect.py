"""From when to when a document applies, and whether it still does: 施行日期, 有效期, 废止, 修订.

「本办法自2019年2月1日起施行，有效期5年。」 A date a sentence states of something else (许可证有效期为5年,
《…条例》自…起施行) is not the document's.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from workers.extract.grammar.dates import find_dates, read_date
from workers.extract.grammar.lines import Line
from workers.extract.grammar.numerals import read_number
from workers.extract.record.facts import Fact, FactSource
from workers.extract.record.statute import is_statute_note, read_statute
from workers.runtime.lazy_regex import lazy_compile

_SURE, _LIKELY, _COMPUTED, _WEAK = 0.9, 0.75, 0.65, 0.5
_REACH = 60
_WINDOW = 160
_OWN = lazy_compile(
    r"本(?:实施|暂行|管理|试行|工作|若干)?(?:法|条例|规定|办法|细则|通知|意见|方案|规则|解释|决定|公告|通告|章程|标准|规范|制度|目录|指南|预案|"
    r"政策|文件|措施|清单|规程|准则|批复|函|规范性文件)[一-鿿（）()]{0,10}$"
)
_BEGINS = lazy_compile(r"(?:之日)?起(?:正式|开始)?(?:施行|实施|执行|生效|试行)(?=[，,。；;）)]|\s|$|至|有效)")
_ISSUED = lazy_compile(
    r"自(?:印发|公布|发布|颁布|发文|下发)之日起(?:正式|开始)?(?:施行|实施|执行|生效|试行)(?=[，,。；;）)]|\s|$)"
)
_PROMULGATED = lazy_compile(r"(?:公布|发布|印发|颁布)[^。；]{0,4}$")
_UNTIL = lazy_compile(r"(?:有效期|试行期|执行期限?|有效期限|实施期限?)[^。；]{0,3}?(?:自|从|至|到|为)")
_YEARS = lazy_compile(
    r"(?:有效期|试行期|有效期限)(?:限|暂定)?(?:为|是)?\s?([0-9]{1,2}|[一二三四五六七八九十两]{1,2})\s?年"
)
# A sentence of its own, without a subject: the document's, as the notes on 规范性文件 have it.
_STATES_END = lazy_compile(r"有效期(?:限)?(?:截至|截止|至|到)")
_IMPRINT = lazy_compile(r"印发$")
_REPEALED = lazy_compile(
    r"^[（(【\[]?(?:本|此|该)?(?:文件|文|件|办法|规定|通知|条例|法规|规章|规范性文件|意见|细则)?(?:现|已|已经|现已)?(?:被|于.{4,14})?"
    r"(?:宣布)?(?:废止|失效)[。]?[)）】\]]?$"
)
_TITLE_REPEALED = lazy_compile(r"[（(【\[](?:已|已经|现已)?(?:废止|失效)[)）】\]]")
_TITLE_AMENDED = lazy_compile(
    r"[（(【\[](?:[0-9]{4}年)?(?:第[一二三四五]次)?(?:修订|修正|修改)(?:版|本|文本)?[)）】\]]"
)
_NOTE_AMENDED = lazy_compile(r"第?[一二三四五六]?次?(?:修订|修正)")


def read_effect(source: FactSource) -> Iterator[Fact]:
    """Read when the document begins to apply, when it ceases to, and whether it was repealed or amended."""
    yield from _validity(source)
    for line in source.body:
        if not line.table and "起" in line.text and (found := _begins(line.text)):
            yield found
    for index, line in enumerate(source.body):
        if line.table or "之日起" not in line.text:
            continue
        for match in _ISSUED.finditer(line.text):
            if _own(line.text, match.start()):
                yield from _from_issue(source, source.body[index:], line.text)
                break


def read_expiry(source: FactSource, effective_on: str | None) -> Iterator[Fact]:
    """Read the end of the document's own 有效期, counted from ``effective_on`` if only its years are stated."""
    for line in source.body:
        if line.table or "期" not in line.text:
            continue
        for match in _UNTIL.finditer(line.text):
            dates = find_dates(line.text[match.start() : match.start() + _REACH].partition("。")[0])
            if dates and len(dates[-1][0]) == 10 and _speaks_of_itself(line.text, match.start()):
                yield Fact("expires_on", dates[-1][0], _around(line.text, match.start()), "body", _SURE)
        years = _YEARS.search(line.text) if effective_on else None
        if years and effective_on and _speaks_of_itself(line.text, years.start()):
            end = _years_after(effective_on, read_number(years[1]) or 0)
            if end:
                yield Fact("expires_on", end, _around(line.text, years.start()), "body", _COMPUTED)


def _begins(text: str) -> Fact | None:
    """Read 「本条例自2003年9月1日起施行」 and 「现予公布，自2019年3月1日起施行」."""
    for match in _BEGINS.finditer(text):
        window = text[max(0, match.start() - _WINDOW) : match.start()]
        dates = find_dates(window[-24:])
        if not dates or dates[-1][2] < len(window[-24:]) - 1 or len(dates[-1][0]) < 7:
            continue
        start = len(window) - len(window[-24:]) + dates[-1][1]
        before = window[:start].rstrip()
        if not before.endswith(("自", "从", "于")):
            continue
        before = before[:-1].rstrip("，, ")
        said = window[start:] + match.group()
        clause = re.split(r"[。；;]", before)[-1]
        if _OWN.search(clause):
            return Fact("effective_on", dates[-1][0], clause[-40:] + said, "body", _SURE)
        if not clause.strip() or _PROMULGATED.search(clause):
            return Fact("effective_on", dates[-1][0], clause[-40:] + said, "body", _LIKELY)
    return None


def _own(text: str, start: int) -> bool:
    clause = re.split(r"[。；;]", text[max(0, start - _REACH) : start])[-1].rstrip("，, ")
    return bool(_OWN.search(clause)) or bool(_PROMULGATED.search(clause))


def _speaks_of_itself(text: str, start: int) -> bool:
    """Return whether 有效期 at ``start`` is the document's: 「本办法有效期5年」, 「本办法自…起施行，有效期5年」."""
    clause = re.split(r"[。；;（(]", text[max(0, start - _REACH) : start])[-1].rstrip("，, ")
    if not clause.strip() and _STATES_END.match(text, start):
        return True
    return bool(_OWN.search(clause)) or ("本" in clause and bool(_BEGINS.search(clause + "，")))


def _from_issue(source: FactSource, below: Sequence[Line], said: str) -> Iterator[Fact]:
    """Resolve 「自印发之日起施行」 by the foot of the document (2021年4月16日印发), 「自公布之日」 by a law's notes."""
    for line in reversed(below):
        read = read_date(line.text) if len(line.text) <= _REACH and _IMPRINT.search(line.text) else None
        if read and len(read[0]) == 10:
            yield Fact("effective_on", read[0], f"{_around(said, 0)} {line.text}", "imprint", _COMPUTED)
            return
    for fact in read_statute(source):
        if fact.field == "signed_on" and re.search("公布|发布", fact.text):
            yield Fact("effective_on", fact.value, fact.text, "body", _WEAK)
            return


def _validity(source: FactSource) -> Iterator[Fact]:
    title = source.title or ""
    if _TITLE_REPEALED.search(title):
        yield Fact("validity", "repealed", title, "title", _SURE)
    elif _TITLE_AMENDED.search(title):
        yield Fact("validity", "amended", title, "title", _LIKELY)
    for line in (*source.page, *source.head, *source.body[:2]):
        if len(line.text) <= _REACH and _REPEALED.match(line.text):
            yield Fact("validity", "repealed", line.text, "body", _SURE)
        elif is_statute_note(line.text) and _NOTE_AMENDED.search(line.text):
            yield Fact("validity", "amended", line.text, "body", _COMPUTED)


def _years_after(start: str, years: int) -> str | None:
    """Return the last day of a period of ``years`` from ``start``: five years from 2019-02-01 end on 2024-01-31."""
    if not years or len(start) != 10:
        return None
    try:
        begin = date.fromisoformat(start)
        return (begin.replace(year=begin.year + years) - timedelta(days=1)).isoformat()
    except ValueError:  # 29 February, or an invalid date
        return None


def _around(text: str, place: int) -> str:
    return text[max(0, place - 60) : place + 60]
