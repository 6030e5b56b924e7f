"""Recognise statutes by their titles: they rank above all other documents (立法法 第九十八条 to 第一百条).

A query about the law should find the statute before the many rules that repeat its words. This says nothing about the
quality of a text or whether it is still in force.
"""

import re

TITLE = re.compile(r"(?:中华人民共和国)?[\u4e00-\u9fff、]{1,30}(?:法|法典)(?:\([^()]{1,40}\))?")
NO_STATUTE = re.compile(
    r"关于|通知|通报|方案|意见|草案|征求|解读|[的与]|"
    r"(?:办|方|做|说|看|想|执|司|普|守|用|算|疗|手|违|非|合|依|学|语|书|打|立|释|枪|战|兵|阵|魔|戏|宪法宣|尊)法(?:\(|$)"
)


def is_statute(title: str) -> bool:
    """Return whether a folded ``title`` is that of a statute (法律): 土地管理法, 民法典, not 管理办法."""
    return TITLE.fullmatch(title) is not None and NO_STATUTE.search(title) is None
