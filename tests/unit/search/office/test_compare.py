"""Two versions of a regulation: pairs by number, then by likeness; marks on the changed words; nothing lost."""

import pytest

from schemas.office.comparison import Provision
from schemas.records import SectionRow
from search.office.compare.pairs import compare_provisions
from search.office.compare.provisions import read_provisions
from search.office.compare.table import comparison_table, split_marks

OLD = (
    ("第一条", "为规范公共租赁住房管理，制定本办法。"),
    ("第二条", "公共租赁住房租金按季缴纳，逾期不缴的加收滞纳金。"),
    ("第三条", "承租人应当爱护房屋及其附属设施，不得转租。"),
    ("第四条", "本办法由市财政局解释。"),
)
NEW = (
    ("第1条", "为规范公共租赁住房管理，制定本办法。"),
    ("第二条", "申请人应当符合下列条件：具有本市户籍，家庭人均收入低于规定标准。"),
    ("第三条", "公共租赁住房租金按月缴纳，逾期不缴的加收滞纳金。"),
    ("第四条", "承租人应当爱护房屋及其附属设施，不得转租。"),
)


def provisions(pairs: tuple[tuple[str, str], ...]) -> list[Provision]:
    return [Provision(number, text, place) for place, (number, text) in enumerate(pairs)]


def told(old=OLD, new=NEW) -> list[tuple[str, str, str]]:
    found = compare_provisions(provisions(old), provisions(new))
    return [
        (str(one.difference), one.old.number if one.old else "", one.new.number if one.new else "") for one in found
    ]


def test_a_new_article_shifts_the_numbers_and_the_others_find_their_partners() -> None:
    assert told() == [
        ("same", "第一条", "第1条"),
        ("added", "", "第二条"),
        ("changed", "第二条", "第三条"),
        ("renumbered", "第三条", "第四条"),
        ("removed", "第四条", ""),
    ]


def test_only_the_changed_words_are_marked() -> None:
    changed = next(one for one in compare_provisions(provisions(OLD), provisions(NEW)) if one.old_marks)
    assert [text for text, marked in split_marks(changed.old.text, changed.old_marks) if marked] == ["季"]
    assert [text for text, marked in split_marks(changed.new.text, changed.new_marks) if marked] == ["月"]
    row = next(iter(comparison_table([changed]).rows))
    assert row[:3] == ("修改", "第二条", "公共租赁住房租金按〔季〕缴纳，逾期不缴的加收滞纳金。")


def test_one_number_wins_over_greater_likeness_elsewhere() -> None:
    old = (("第一条", "租金按季缴纳，由市住房局收取。"),)
    new = (("第一条", "租金按月缴纳，由区住房局收取。"), ("第二条", "租金按季缴纳，由市住房局收取。"))
    assert told(old, new) == [("changed", "第一条", "第一条"), ("added", "", "第二条")]


@pytest.mark.parametrize(("old", "new"), [(OLD, ()), ((), NEW), (OLD, OLD[::-1]), (OLD, NEW), (OLD * 2, NEW)])
def test_every_provision_of_both_is_there_once(old, new) -> None:
    found = compare_provisions(provisions(old), provisions(new))
    assert sorted(one.old.ordinal for one in found if one.old) == list(range(len(old)))
    assert [one.new.ordinal for one in found if one.new] == list(range(len(new)))


def row(ordinal: int, level: int, number: str | None, heading: str | None, text: str, article: int = 0) -> SectionRow:
    return SectionRow(f"d-{article}-{ordinal}", "d", "a.txt", article, ordinal, level, number, heading, (), text)


def test_items_belong_to_their_article_and_chapters_stand_alone() -> None:
    rows = [
        row(0, 0, None, None, "某政发〔2010〕5号"),
        row(1, 1, "第一章", "总则", ""),
        row(2, 2, "第一条", None, "有下列情形的，应当退出："),
        row(3, 3, "（一）", None, "转租的；"),
        row(4, 3, "（二）", None, "空置的。"),
        row(5, 2, "第二条", None, "本办法自发布之日起施行。"),
        row(0, 0, None, None, "另一件", article=1),
    ]
    assert [(one.number, one.text) for one in read_provisions(rows)] == [
        ("题头", "某政发〔2010〕5号"),
        ("第一章", "总则"),
        ("第一条", "有下列情形的，应当退出：\n（一）转租的；\n（二）空置的。"),
        ("第二条", "本办法自发布之日起施行。"),
    ]
    assert read_provisions([]) == []


def test_a_document_without_articles_is_compared_by_its_outermost_sections() -> None:
    rows = [row(0, 0, None, None, "各区："), row(1, 1, "一、", "要求", "按时。"), row(2, 2, "(一)", "时间", "周一。")]
    assert [(one.number, one.text) for one in read_provisions(rows)] == [
        ("题头", "各区："),
        ("一、", "要求\n按时。\n(一)时间\n周一。"),
    ]
