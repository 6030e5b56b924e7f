import pytest

from tests.support.builders.papers import clean, rules, texts

INJECTED = "按照有關(guān)要求,現(xiàn)將政務(wù)公開工作總結(jié)匯報如下。"


def test_injected_pinyin_goes_and_the_document_is_flagged():
    cleaned = clean(INJECTED)
    assert cleaned.paragraphs[0].text == "按照有关要求,现将政务公开工作总结汇报如下。"
    assert cleaned.paragraphs[0].original == "按照有關要求,現將政務公開工作總結匯報如下。"
    assert cleaned.flags == ("injected_pinyin",)
    assert [r.offset for r in cleaned.removals] == [4, 14, 23, 33]


@pytest.mark.parametrize("injected", ["國（guó）家", "國( guó )家", "國(guo)家", "國(Guó)家"])
def test_other_shapes_of_the_bracket_go_too(injected):
    assert texts(injected + "機關(guān)與會(huì)議") == ["国家机关与会议"]


def test_pinyin_in_simplified_text_goes_where_there_is_much_of_it():
    assert texts("政务(wù)公开,时(shí)间,国(guó)家") == ["政务公开,时间,国家"]


def test_one_reading_given_by_an_author_stays():
    assert texts("纶(guān)巾一词见于三国。") == ["纶(guān)巾一词见于三国。"]


def test_brackets_that_hold_something_else_stay():
    text = "國(guó)家GDP(gdp),時(shí)間(PPP),世界貿(mào)易組織(WTO),機關(guān)(k8)"
    assert texts(text) == ["国家GDP(gdp),时间(PPP),世界贸易组织(WTO),机关(k8)"]


def test_pinyin_of_another_character_stays():
    assert "务(guó)" in texts(INJECTED + "務(guó)")[0]


def test_shifted_bytes_are_read_again():
    shifted = "因?yàn)楸O(jiān)督,我們?cè)诮y(tǒng)計,理財(cái)?shù)闹魅宋桃庾R(shí),在《湛江日?qǐng)?bào)》上。"
    cleaned = clean(INJECTED, shifted)
    assert cleaned.paragraphs[1].text == "因为监督,我们在统计,理财的主人翁意识,在《湛江日报》上。"
    assert cleaned.damages == ()
    assert ("broken_pinyin", "?yàn)楸O(jiān)") in rules(cleaned)


def test_where_bytes_are_gone_a_hole_is_left_and_marked():
    cleaned = clean(INJECTED, "規(guī)范流程,提高申請?zhí)幚硇剩奖愎姭@取政府信息。")
    assert cleaned.paragraphs[1].text == "规范流程,提高申请处理□获取政府信息。"
    damage = cleaned.damages[0]
    assert (damage.rule, damage.paragraph, damage.offset) == ("broken_pinyin", 1, 9)
    assert damage.text == "?zhí)幚硇剩奖愎姭@"


def test_a_stretch_without_any_certain_reading_keeps_its_neighbours():
    cleaned = clean(INJECTED, "提高甲?zhí)乙丙效率。")
    assert cleaned.paragraphs[1].text == "提高甲□乙丙效率。"
    assert [damage.rule for damage in cleaned.damages] == ["broken_pinyin"]


def test_a_question_before_a_latin_word_in_brackets_is_no_damage():
    assert clean("是否参加?ok)").damages == ()
