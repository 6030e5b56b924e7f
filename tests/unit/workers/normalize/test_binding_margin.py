from tests.support.builders.papers import clean, rules, texts

LETTER = (
    "| 甲縣政府 函",
    "| 地址：甲縣乙市光明路1號",
    "| 受文者：甲縣立丙國民中學",
    "裝 發文字號：府教學字第1100000001號",
    "| 速別：普通件",
    "| 主旨：有關本縣辦理競賽一案，請查照。",
    "訂",
    "| 說明：",
    "|",
    "| 一、參賽對象",
    "線",
    "電子信箱：a@example.gov.tw|",
)


def test_strokes_and_letters_of_a_binding_margin_are_taken_away_and_recorded() -> None:
    assert texts(*LETTER) == [
        "甲县政府 函",
        "地址：甲县乙市光明路1号",
        "受文者：甲县立丙国民中学",
        "发文字号：府教学字第1100000001号",
        "速别：普通件",
        "主旨：有关本县办理竞赛一案，请查照。",
        "说明：",
        "一、参赛对象",
        "电子信箱：a@example.gov.tw",
    ]
    taken = [text.strip() for rule, text in rules(clean(*LETTER)) if rule == "binding_margin"]
    assert sorted(taken) == sorted(["|"] * 9 + ["裝", "訂", "線"])


def test_strokes_in_a_text_of_another_kind_stay() -> None:
    lines = ["| 列一 | 列二", "为了规范工作，制定本办法。", "装", "各单位应当遵照执行。", "首页 | 上一页 | 下一页内容"]
    assert [line.count("|") for line in texts(*lines)] == [line.count("|") for line in lines]
