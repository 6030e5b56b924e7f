"""主送机关: the line between title and text that names whom the document is sent to, and ends with a colon.

「各省、自治区、直辖市人民政府，国务院各部委、各直属机构：」 (GB/T 9704-2012, 7.3.2). 「现将有关事项通知如下：」 is
none.
"""

import re
from collections.abc import Iterator

from workers.extract.grammar.organs import is_organ
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.facts import Fact, FactSource
from workers.runtime.lazy_regex import lazy_compile

_LINES = 4
_MAX_LENGTH = 300
_SURE, _LIKELY = 0.95, 0.8
_LABELLED = lazy_compile(r"^主送(?:机关|单位)?\s?[:：]\s?(?=\S)")
_SENTENCE = lazy_compile(
    r"[。；;？！?!]|如下|现将|现就|为了|根据|按照|依据|关于|应当|以下|包括|同志们|朋友们|各位|尊敬"
)
_WHO = lazy_compile(
    r"(?:单位|机构|部门|政府|企业|学校|高校|院校|幼儿园|机关|公司|集团|团体|社区|村|乡镇|街镇|镇街|园区|港|"
    r"委员|代表|同志|先生|女士|部委|处室|科室|县区|县市区|市州|州市|省市|直属|党组|党组织|组织|党委|工委|支部|人员|群众|市民|居民|家长)$"
)


def read_addressees(source: FactSource) -> Iterator[Fact]:
    """Read the first line below the head that is addressed to somebody."""
    for line in source.body[:_LINES]:
        text = line.text
        if line.table or len(text) > _MAX_LENGTH:
            return
        labelled = _LABELLED.match(text)
        if labelled:
            yield Fact("addressees", text[labelled.end() :].rstrip("。：: "), text, "body", _SURE)
            return
        if text.endswith(("：", ":")):
            who = text[:-1].strip()
            if _names_somebody(who):
                yield Fact("addressees", who, text, "body", _SURE if who.startswith("各") else _LIKELY)
            return


def _names_somebody(text: str) -> bool:
    if len(text) < 2 or _SENTENCE.search(text) or read_label(text) is not None:
        return False
    last = re.split(r"[，,、\s]", text)[-1].rstrip("）)")
    return bool(_WHO.search(last)) or is_organ(last)
