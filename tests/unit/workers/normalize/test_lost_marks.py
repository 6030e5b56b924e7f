import pytest

from tests.support.builders.papers import clean, rules, texts


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("国办发?2017?42号", "国办发〔2017〕42号"),
        ("国办发〔2017?42号", "国办发〔2017〕42号"),
        ("浙政办函?2009?7号", "浙政办函〔2009〕7号"),
        ("教育部令?2010?第12号", "教育部令〔2010〕第12号"),
    ],
)
def test_brackets_of_a_document_number_come_back(lost, found):
    assert texts(f"根据({lost})精神") == [f"根据({found})精神"]


def test_what_came_back_is_recorded():
    assert rules(clean("国办发?2017?42号")) == [("lost_mark", "?"), ("lost_mark", "?")]


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("落实?中华人民共和国政府信息公开条例?精神", "落实《中华人民共和国政府信息公开条例》精神"),
        ("?行政许可法??行政处罚法?等法律", "《行政许可法》《行政处罚法》等法律"),
        ("转发?关于印发?保密办法?的通知?。", "转发《关于印发〈保密办法〉的通知》。"),
    ],
)
def test_title_marks_come_back_where_they_pair_up(lost, found):
    assert texts(lost) == [found]


@pytest.mark.parametrize(
    "asked",
    [
        "什么是政府信息公开条例?如何申请公开?",
        "您是否了解该办法?是否满意?",
        "为什么要制定条例?怎样落实通知?",
        "问:申请要交费吗?答:不收费。",
        "价格是10元?20元?",
    ],
)
def test_questions_stay_and_are_no_damage(asked):
    cleaned = clean(asked)
    assert ([p.text for p in cleaned.paragraphs], cleaned.damages) == ([asked], ())


def test_a_doubtful_mark_is_damage_where_others_were_certainly_lost():
    cleaned = clean("根据国办发?2017?42号,推进?五公开工作。")
    assert cleaned.paragraphs[0].text == "根据国办发〔2017〕42号,推进?五公开工作。"
    assert [(damage.rule, damage.offset) for damage in cleaned.damages] == [("lost_mark", 17)]
