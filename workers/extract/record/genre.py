"""体裁 (文种): the kind of a document, by the last word of its title: 关于…的通知, …管理办法（试行）, …年度报告."""

from workers.extract.record.facts import Fact
from workers.extract.record.title_shape import KINDS
from workers.runtime.lazy_regex import lazy_compile

_NOT_GENRE = frozenset(("情况", "思路", "概况", "标准", "法"))
_WORDS = sorted(
    {*KINDS.split(), "年度报告", "细则", "会议纪要", "政策解读", "问答"} - _NOT_GENRE, key=len, reverse=True
)
_ENDING = lazy_compile(
    rf"(?<!协)({'|'.join(_WORDS)})[》”」]?(?:\s?[（(【\[][^（）()【】\[\]]{{1,14}}[)）】\]]){{0,2}}$"
)
_JOINED = lazy_compile(
    r"(年度报告|总结|报告|汇报|要点)(?:及|和|与|暨|以及)(?=.{0,16}(?:思路|计划|打算|安排|要点|规划)$)"
)
_ANNUAL = lazy_compile(r"(?:年度?|工作)(?:年报|年度报告)$|年度报告$|年报$")
_LAW = lazy_compile(r"法$")
_MAX_LENGTH = 200
_CONFIDENCE = 0.85


def read_genre(title: str | None) -> Fact | None:
    """Return the kind a title names; None if it names none."""
    text = (title or "").strip()[-_MAX_LENGTH:]
    if not text:
        return None
    joined = _JOINED.search(text)
    ending = _ENDING.search(text)
    if _ANNUAL.search(text.rstrip("》”」")):
        genre = "年度报告"
    elif joined:
        genre = joined[1]
    elif ending:
        genre = ending[1]
    elif _LAW.search(text):
        genre = "法律"
    else:
        return None
    return Fact("genre", genre, text, "title", _CONFIDENCE)
