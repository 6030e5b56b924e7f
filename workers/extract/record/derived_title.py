"""A title for an article that lost its own: composed of issuer, year and kind, and marked as derived."""

from collections import Counter
from collections.abc import Sequence

from workers.extract.grammar.dates import read_date
from workers.extract.grammar.lines import Line
from workers.extract.record.facts import Fact
from workers.runtime.lazy_regex import lazy_compile

_REPORTED = lazy_compile(r"(?:现将|现就|兹将)([^。，,；;：:]{2,40}?)(?:报告|汇报|总结|公布|通报|公告|函告|说明)如下")
_YEAR = lazy_compile(r"((?:19|20)[0-9]{2})年")
_SUBJECTS = lazy_compile(
    "政府信息公开工作|政务信息公开工作|政务公开工作|政府信息公开|政务公开|行政执法|依法行政|法治政府建设"
)
_KINDS = (("自查", "自查情况报告"), ("年度报告", "年度报告"), ("工作总结", "工作总结"), ("工作计划", "工作计划"))
_READ_CHARACTERS = 6000


def derive_title(lines: Sequence[Line], issuer: str | None, signed_on: str | None) -> Fact | None:
    """Return a title made of issuer, year, subject and kind; None if too little is known for one."""
    text = "\n".join(line.text for line in lines[:60])[:_READ_CHARACTERS]
    reported = _REPORTED.search(text)
    kind = _kind(text, reported[1] if reported else "")
    subject = Counter(_SUBJECTS.findall(text)).most_common(1)
    if kind is None or (not subject and not issuer):
        return None
    stated_year = _YEAR.search(text)
    year = stated_year[1] if stated_year else (signed_on or "")[:4]
    body = (subject[0][0] if subject else "") + kind
    title = f"{issuer or ''}{year + '年' if year else ''}{body}"
    return Fact("title", title, reported.group() if reported else text[:60], "derived", 0.4)


def _kind(text: str, reported: str) -> str | None:
    for words, kind in _KINDS:
        if words in reported:
            return kind
    if reported and read_date(reported) is None and len(reported) <= 12:
        return reported + ("" if reported.endswith("报告") else "报告")
    return None
