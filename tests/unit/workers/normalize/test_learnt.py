"""Lines that people confirmed to be furniture go, and are recorded; nothing else does."""

from tests.support.builders.papers import BODY, END, paper, rules
from workers.normalize import normalize
from workers.normalize.chrome.learnt import line_form

SLOGAN = "银杏县门户 智慧导航 便民一键通"


def test_a_confirmed_line_goes_wherever_it_stands_and_is_recorded() -> None:
    cleaned = normalize(
        paper(SLOGAN, BODY, END, "本页已被浏览 37 次"), furniture={line_form(SLOGAN), "本页已被浏览0次"}
    )
    assert [paragraph.text for paragraph in cleaned.paragraphs] == [BODY, END]
    assert rules(cleaned) == [("learnt_furniture", SLOGAN), ("learnt_furniture", "本页已被浏览 37 次")]


def test_a_sentence_that_holds_the_words_stays() -> None:
    sentence = f"我县开通“{SLOGAN}”栏目，群众反映良好。"
    cleaned = normalize(paper(BODY, sentence), furniture={line_form(SLOGAN)})
    assert cleaned.paragraphs[-1].text == sentence


def test_traditional_pages_lose_the_line_confirmed_in_simplified_characters() -> None:
    cleaned = normalize(
        paper("銀杏縣門戶 智慧導航 便民一鍵通", "當前各單位對這個問題發現得還不夠。"), furniture={line_form(SLOGAN)}
    )
    assert rules(cleaned) == [("learnt_furniture", "銀杏縣門戶 智慧導航 便民一鍵通")]


def test_without_a_list_nothing_is_taken() -> None:
    assert rules(normalize(paper(SLOGAN, BODY))) == []
