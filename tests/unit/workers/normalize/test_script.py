from tests.support.builders.papers import clean, texts
from workers.normalize.characters.script import script_of, simplify, simplify_all


def test_traditional_document_is_simplified_and_kept():
    paragraph = clean("中華人民共和國政府信息公開條例").paragraphs[0]
    assert paragraph.text == "中华人民共和国政府信息公开条例"
    assert paragraph.display == "中華人民共和國政府信息公開條例"
    assert clean("中華人民共和國政府信息公開條例").script == "hant"


def test_traditional_names_in_a_simplified_document_stay():
    text = "市政府与東亞銀行签署协议,双方将进一步加强业务合作,推动经济发展。"
    cleaned = clean(text)
    assert (cleaned.paragraphs[0].text, cleaned.script) == (text, "hans")


def test_text_without_han_has_no_script():
    assert clean("Annual report 2011").script == "none"


def test_length_is_kept_also_where_a_phrase_would_change_it():
    for text in ("滑鼠墊與螢幕", "裏應外合,乾隆年間,著作等身", "𠮷野家與臺灣"):
        assert len(simplify(text)) == len(text)


def test_the_particle_zhe_is_simplified_and_the_verb_to_write_is_not():
    assert simplify("著重抓好,朝著目標,圍繞著;著作,著名,顯著,專著") == "着重抓好,朝着目标,围绕着;著作,著名,显著,专著"


def test_simplified_paragraphs_of_a_traditional_document_have_no_original():
    paragraphs = clean("開展政務公開工作總結報告會議", "第一条").paragraphs
    assert paragraphs[1].original is None


def test_script_is_decided_by_the_telling_characters():
    assert (script_of("国务院"), script_of("國務院"), script_of("中文"), script_of("123")) == (
        "hans",
        "hant",
        "hans",
        "none",
    )


def test_nothing_but_the_script_of_a_simplified_text_is_looked_at():
    assert texts("后勤、皇后、干部、若干。") == ["后勤、皇后、干部、若干。"]


def test_texts_simplified_together_are_as_each_alone():
    for texts_ in (
        ["國家", "", "電話"],
        [],
        ["國⿺", "國家"],
        ["國\x01", "國家"],
        ["裏應", "外合", "著重"],
        ["𠮷野", "臺灣"],
    ):
        assert simplify_all(texts_) == [simplify(text) for text in texts_]
