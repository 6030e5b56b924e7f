"""Events that a report says did not happen, as zeros: 「我局政府信息公开没有引发举报、投诉、行政复议和行政诉讼」.

One zero for each thing named. A stated absence has no unit. 无正当理由 and 未经复议直接起诉 state none.
"""

from collections.abc import Iterator

from schemas.articles import Statistic
from workers.runtime.lazy_regex import found_at, lazy_compile

_NEGATION = lazy_compile(
    "(?:未曾?|没有|无)(?:收到|接到|接收|受理|发生|引发|出现|产生|收取|被)|(?:没有|未有|无)(?!正当|法|效|故|关|偿|需|须|论|效|障|缝)"
)
_BEGINS = lazy_compile("[未没无]")
_TARGET = lazy_compile(
    "(?P<复议>(?:行政)?复议(?:申请|案件)?)|(?P<诉讼>(?:行政)?诉讼(?:案件)?)|(?P<申诉>申诉)|(?P<投诉>投诉)|(?P<举报>举报)"
    "|(?P<收费>收费|收取(?:信息处理费|[^，。；]{0,6}费用)|信息处理费)|(?P<申请>依申请公开|申请)"
)
_NAMES = {
    "复议": "行政复议",
    "诉讼": "行政诉讼",
    "申诉": "申诉",
    "投诉": "投诉",
    "举报": "举报",
    "收费": "收费",
    "申请": "政府信息公开申请",
}
_END = lazy_compile("[，,；;。！？\n]")
_REACH = 60
_NEAR = 14
_MANNER = lazy_compile("(?:按时|及时|依法|逾期|超期|主动|直接|经)")
_BACK = 80


def read_absences(text: str, year: int | None) -> Iterator[tuple[int, Statistic]]:
    """Yield (offset, statistic of value 0) of each thing a sentence says there was none of."""
    done = 0
    for negation in found_at(_BEGINS, _NEGATION, text):
        if negation.start() < done:
            continue
        end = _END.search(text, negation.end(), negation.end() + _REACH)
        done = end.start() if end else min(len(text), negation.end() + _REACH)
        if _MANNER.match(text, negation.end()):
            continue
        found = list(_TARGET.finditer(text, negation.start(), done))
        bare = len(negation.group()) <= 2 and negation.group() in ("没有", "未有", "无")
        if not found or (bare and found[0].start() - negation.end() > _NEAR):
            continue
        evidence = _sentence(text, negation.start(), done)
        for target in found:
            name = _NAMES[target.lastgroup or "申请"]
            subject = "收取信息处理费" if "信息处理费" in target.group() else name
            yield target.start(), Statistic(subject, "", 0, "", year, evidence, table=False)


def _sentence(text: str, start: int, end: int) -> str:
    low = max(0, start - _BACK)
    begin = max(text.rfind(mark, low, start) for mark in "。；;\n！？") + 1
    return text[max(begin, low) : end + 1].strip()
