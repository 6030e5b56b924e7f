import pytest

from tests.support.builders.papers import clean, rules

TEXT = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "broken",
    [
        TEXT.encode("utf-8").decode("gb18030"),
        TEXT.encode("utf-8").decode("latin-1"),
        TEXT.encode("gb18030").decode("latin-1"),
        "ÕþÎñ¹«¿ª",
    ],
)
def test_text_decoded_wrongly_is_decoded_again(broken):
    cleaned = clean(broken, "其他内容。")
    assert cleaned.paragraphs[0].text in (TEXT, "政务公开")
    assert rules(cleaned) == [("mojibake", broken)]


def test_bytes_lost_on_the_way_are_marked():
    broken = (TEXT + "，情况如下。").encode("utf-8").decode("gb18030", "replace")
    cleaned = clean(broken)
    assert cleaned.paragraphs[0].text == TEXT + "，情况如下\ufffd"
    assert [(damage.rule, damage.offset) for damage in cleaned.damages] == [("mojibake", 17)]


@pytest.mark.parametrize("sound", ["——————", "浜松町与银座", "Ｆrançois à Paris", "寮步镇浠水县", "“”‘’……——"])
def test_sound_text_is_left_alone(sound):
    assert "mojibake" not in [rule for rule, _ in rules(clean(sound))]


def test_replacement_characters_are_damage():
    assert [damage.text for damage in clean("政务\ufffd\ufffd公开,锟斤拷").damages] == ["\ufffd\ufffd", "锟斤拷"]
