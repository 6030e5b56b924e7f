import json

import pytest

from tests.support.builders.papers import SAMPLES, golden, seeds
from workers.normalize import normalize
from workers.normalize.characters.script import simplify

SEEDS = seeds()
GOLD = json.loads((SAMPLES / "seeds" / "gold.json").read_text("utf-8"))


@pytest.mark.parametrize("name", SEEDS)
def test_seed_comes_out_as_its_golden_file_says(name):
    assert golden(normalize(SEEDS[name])) == (SAMPLES / "normalized" / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", SEEDS)
def test_nothing_that_must_go_is_left_in_either_script(name):
    paragraphs = normalize(SEEDS[name]).paragraphs
    text = "\n".join(p.text + "\n" + p.display for p in paragraphs)
    assert [word for word in GOLD[f"{name}.txt"]["must_not_contain"] if word in text] == []


def _headings(name):
    outlines = [
        row[2] for key in ("outline", "third_outline_level1") for row in GOLD[f"{name}.txt"].get(key, ()) if row
    ]
    return [heading for heading in outlines if heading]


@pytest.mark.parametrize("name", [name for name in SEEDS if "outline" in GOLD[f"{name}.txt"]])
def test_every_heading_of_the_gold_outline_survives(name):
    text = "\n".join(paragraph.text for paragraph in normalize(SEEDS[name]).paragraphs)
    assert [heading for heading in _headings(name) if heading not in text] == []


@pytest.mark.parametrize("name", SEEDS)
def test_every_removal_stands_where_it_says(name):
    blocks = SEEDS[name].blocks
    placed = [removal for removal in normalize(SEEDS[name]).removals if removal.offset is not None]
    off = [
        removal
        for removal in placed
        if simplify(blocks[removal.block].text[removal.offset :][:1]) != simplify(removal.text[:1])
    ]
    assert off == []


@pytest.mark.parametrize("name", SEEDS)
def test_both_scripts_share_their_offsets(name):
    pairs = [(p.text, p.original) for p in normalize(SEEDS[name]).paragraphs if p.original is not None]
    assert all(len(text) == len(original) for text, original in pairs)


def test_lost_characters_are_reported_as_damage():
    damages = normalize(SEEDS["000_80d8d2a21e65e5ac"]).damages
    assert [damage.rule for damage in damages] == ["broken_pinyin"]


def test_planted_links_flag_the_page():
    assert "spam" in normalize(SEEDS["001_e33977f9e103f951"]).flags


def test_cut_text_is_flagged_and_makes_the_document_partial():
    cleaned = normalize(SEEDS["002_fc80b34e99b009d6"])
    assert "truncated" in cleaned.flags
    assert [problem.lossy for problem in cleaned.problems] == [True]
    assert cleaned.paragraphs[-1].text.endswith("城区党")


def test_lost_brackets_of_a_document_number_come_back():
    text = "\n".join(paragraph.text for paragraph in normalize(SEEDS["003_7efa1cfc17daa203"]).paragraphs)
    assert "通知》(国办发〔2017〕42号)精神" in text
    assert "《宁夏回族自治区实施〈中华人民共和国政府信息公开条例〉办法》,依法" in text


def test_page_numbers_leave_their_sentences_whole():
    text = "\n".join(paragraph.text for paragraph in normalize(SEEDS["003_7efa1cfc17daa203"]).paragraphs)
    assert "示范、引领作用" in text
    assert "一项政治性、政策性、法律性、专业性都很强的工作" in text


def test_publish_line_is_read_before_it_goes():
    clues = {clue.label: clue.value for clue in normalize(SEEDS["004_62eb7be2edb7b481"]).clues}
    assert clues == {"发布日期": "2009-01-05 15:09", "来源": "三垟街道"}
