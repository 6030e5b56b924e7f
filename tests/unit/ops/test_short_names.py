"""Which short names a text gives, and which words only look like one."""

import pytest

from ops.maintenance.words.short_names import find_short_names
from ops.maintenance.words.synonyms import Proposal, propose
from search.query.synonyms import read


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("申请公共租赁住房（以下简称公租房）的家庭", "公租房", "公共租赁住房"),
        ("领取最低生活保障金(简称“低保金”)的", "低保金", "最低生活保障金"),
        ("长期护理保险（下称：长护险）试点", "长护险", "长期护理保险"),
        ("根据《中华人民共和国著作权法》（以下简称《著作权法》），", "著作权法", "中华人民共和国著作权法"),
        ("依照中华人民共和国审计法(以下简称审计法)的规定", "审计法", "中华人民共和国审计法"),
        ("由市住房和城乡建设局，以下简称“市住建局”，负责", "市住建局", "市住房和城乡建设局"),
        ("城乡居民最低生活保障（低保）办理指南", "低保", "最低生活保障"),
        ("公共租賃住房（以下簡稱公租房）", "公租房", "公共租赁住房"),
    ],
)
def test_a_short_name_is_told_with_what_it_is_short_for(text: str, short: str, full: str) -> None:
    assert [(name.short, name.full) for name in find_short_names(text)] == [(short, full)]


@pytest.mark.parametrize(
    "text",
    [
        "外商投资企业（以下简称企业）",  # a part of the name
        "申请取水的单位或者个人(以下简称申请人)",  # a description
        "医疗机构和疾病预防控制机构（以下统称医疗卫生机构）",  # a name for both
        "实行部长（主任、行长、审计长）负责制",  # examples
        "本办法（试行）",
        "（以下简称公租房）",
    ],
)
def test_what_is_no_short_name_is_not_told(text: str) -> None:
    assert list(find_short_names(text)) == []


def proposal(short: str, full: str) -> Proposal:
    return Proposal(short, full, f"{full}(以下简称{short})", 3, {"b.docx", "a.docx"})


def test_what_a_person_decided_stays_and_is_not_proposed_again() -> None:
    before = "# 本市\n公租房, 公共租赁住房\n! 节能, 节约能源\n? 旧的, 旧的名称  # 1 documents"
    found = [proposal("公租房", "公共租赁住房"), proposal("节能", "节约能源"), proposal("长护险", "长期护理保险")]
    after = propose(before, found)
    assert after.startswith("# 本市\n公租房, 公共租赁住房\n! 节能, 节约能源\n")
    assert "旧的" not in after
    assert after.splitlines()[-1] == (
        "? 长护险, 长期护理保险  # 2 documents, 3 places: a.docx: 长期护理保险(以下简称长护险)"
    )
    assert propose(after, found) == after


def test_lines_that_are_proposed_or_refused_are_not_used() -> None:
    used = read("公租房, 公共租赁住房\n? 低保, 最低生活保障\n! 节能, 节约能源\n", name="synonyms.txt")
    assert set(used.forms) == {"公租房", "公共租赁住房"}
