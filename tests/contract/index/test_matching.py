"""What a search finds, and what it finds first."""

import random

from schemas.queries import Query
from search.protocol import Index
from search.query.analysis import squeeze
from tests.support.disclosures import SENTENCES, section_text
from tests.support.index_contents import add, keys_of, marked

HOSTILE = [
    '"',
    '"unbalanced “phrase',
    '""',
    "“”",
    "「」『",
    "AND OR NOT",
    "公开 AND (条例 OR",
    "title:公开~2^3 [a TO b] /.*/",
    "\\",
    "*",
    "?" * 50,
    "a" * 10_000,
    "公开" * 5_000,
    '"' + "政府信息" * 2_500 + '"',
    "😀",
    '"😀"',
    "👨‍👩‍👧‍👦 公开",
    "\x00\x01",
    "\ud800",
    "公\ud800开",
    "\ue000",
    "İstanbul ΑΣ ﬁ",
    "〔2017〕号",
    "号(2017)42号",
    " \t\n\u3000",
    "，。！？",
    "' OR 1=1; DROP TABLE documents --",
    '{"query": {"match_all": {}}}',
]


def test_every_exact_phrase_a_scan_finds_is_found(index: Index) -> None:
    dice = random.Random(20261121)
    texts = {f"{number:03}.txt": [section_text(dice) for _ in range(4)] for number in range(25)}
    for key, sections in texts.items():
        add(index, key, *sections, title=None)
    index.refresh()
    for _ in range(50):
        text = squeeze(dice.choice(dice.choice(list(texts.values()))))
        start = dice.randrange(len(text) - 2)
        phrase = text[start : start + dice.randint(2, 18)]
        if '"' in phrase:
            continue
        truth = {
            (key, ordinal)
            for key, sections in texts.items()
            for ordinal, section in enumerate(sections)
            if phrase in squeeze(section)
        }
        found = index.search(Query(f'"{phrase}"', size=100, sections_each=100))
        assert {(hit.key, section.ordinal) for hit in found.hits for section in hit.sections} == truth, phrase
        assert found.sections == len(truth)
        assert found.documents == len({key for key, _ in truth})


def test_a_phrase_is_found_however_a_segmenter_would_cut_it(index: Index) -> None:
    for number, text in enumerate(SENTENCES):
        add(index, f"{number}", text, title=None)
    index.refresh()
    for phrase in (
        "夏县人民",
        "究生命科",
        "市长江大",
        "公开政",
        "开政府",
        "1268条",
        "PM2.5平均",
        "pm2.5",
        "NB/T10097-2018",
        "率达32.5%",
        "三公经费",
    ):
        truth = {f"{n}" for n, text in enumerate(SENTENCES) if phrase.casefold() in squeeze(text)}
        assert set(keys_of(index.search(Query(f"“{phrase}”", size=50)))) == truth, phrase


def test_width_case_brackets_and_quotes_do_not_matter(index: Index) -> None:
    add(index, "a", "按照ＧＢ／Ｔ９７０４—２０１２（试行）的“要求”执行")
    index.refresh()
    for query in (
        "gb/t9704",
        "ＧＢ／Ｔ 9704",
        '"GB/T9704-2012(试行)"',
        '"９７０４－２０１２【试行】"',
        "「的要求」",
    ):
        assert index.search(Query(query)).documents == (0 if query == "「的要求」" else 1), query


def test_traditional_and_simplified_find_each_other_and_are_shown_as_written(index: Index) -> None:
    simplified, original = "当前政府信息公开的资讯与著作", "當前政府信息公開的資訊與著作"
    add(
        index,
        "hant",
        simplified,
        text_original=original,
        title="关于资讯公开的条例",
        title_original="關於資訊公開的條例",
    )
    add(index, "hans", "当前的资讯公开", title="无关")
    index.refresh()
    for query in ("資訊公開", "资讯公开", '"資訊"', '"资讯"'):
        assert set(keys_of(index.search(Query(query)))) == {"hans", "hant"}, query
    add(index, "mixed", "东亞銀行破坏案", title=None)
    index.refresh()
    for query in ("東亞銀行", "东亚银行", '"东亞銀行破坏"', "破壞", "破坏"):
        assert keys_of(index.search(Query(query))) == ["mixed"], query
    hit = next(hit for hit in index.search(Query("當前 著作 條例")).hits if hit.key == "hant")
    text = hit.sections[0].text
    assert text.text == original
    assert marked(text.text, text.marks) == ["當前", "著作"]
    assert hit.title.text == "關於資訊公開的條例"
    assert marked(hit.title.text, hit.title.marks) == ["條例"]


def test_a_document_number_is_found_in_any_style_its_own_document_first(index: Index) -> None:
    add(index, "cites", "按照国办发〔2017〕42号文件要求,国办发〔2017〕42号文件要求。", "其他")
    add(index, "own", "正文里没有文号", "第二节", document_number="国办发〔2017〕42号")
    add(index, "other", "正文里没有文号", document_number="国办发〔2017〕4号")
    index.refresh()
    for typed in (
        "国办发〔2017〕42号",
        "国办发[2017]42号",
        "国办发(2017)42号",
        "國辦發【２０１７】４２號",
        "国办发﹝2017﹞第42号",
        "关于国办发〔2017〕42号",
        "国办发 〔2017〕 42 号",
    ):
        assert keys_of(index.search(Query(typed))) == ["own", "cites"], typed


def test_all_words_come_first_and_a_question_still_finds_something(index: Index) -> None:
    add(index, "all", "养老金的发放标准由县级人民政府公布", title=None)
    add(index, "some", "养老金按月发放", title=None)
    add(index, "none", "环境空气质量", title=None)
    index.refresh()
    found = index.search(Query("请问养老金的发放标准是什么样子的,由哪个县级部门公布呢?"))
    assert keys_of(found)[0] == "all"
    assert "none" not in keys_of(found)
    assert set(keys_of(index.search(Query("养老金 空气质量")))) == {"all", "some", "none"}
    assert keys_of(index.search(Query("养老金 按月"))) == ["some"]


def test_words_may_stand_in_title_heading_and_text(index: Index) -> None:
    add(index, "a", "前言", "征收补偿方案", title="房屋拆迁公告", path=("一、实施细则",))
    add(index, "b", "房屋", "公告")
    index.refresh()
    found = index.search(Query("拆迁 细则 补偿"))
    assert keys_of(found) == ["a"]
    assert found.hits[0].sections[0].ordinal == 1


def test_a_title_and_a_heading_weigh_more_than_the_text(index: Index) -> None:
    add(index, "text", "本办法所称养老保险是指基本养老保险制度的一部分内容", title="某通知")
    add(index, "title", "本办法所称制度是指某一部分的内容和其他有关的内容", title="养老保险办法")
    index.refresh()
    assert keys_of(index.search(Query("养老保险"))) == ["title", "text"]


def test_a_title_typed_back_finds_its_own_document_first(index: Index) -> None:
    add(index, "decree", "烟草专卖法实施条例。根据烟草专卖法制定烟草专卖法实施条例。", title="烟草专卖法实施条例")
    add(index, "law", "为实行烟草专卖管理,制定本法。", title="烟草专卖法")
    add(index, "third", "为正确适用法律,制定本规定。", title="关于适用《烟草专卖法》若干问题的规定（三）")
    index.refresh()
    assert keys_of(index.search(Query("烟草专卖法")))[0] == "law"
    assert keys_of(index.search(Query("《烟草专卖法》")))[0] == "law"
    assert keys_of(index.search(Query("烟草专卖法实施条例")))[0] == "decree"
    assert keys_of(index.search(Query("关于适用烟草专卖法若干问题的规定(三)")))[0] == "third"


def test_no_query_is_an_error(index: Index) -> None:
    add(index, "a", "政府信息公开条例", issuer="甲")
    index.refresh()
    for text in HOSTILE:
        for query in (
            Query(text),
            Query(text, issuer=text, prefix=text),
            Query(text, size=-5, offset=-3, sections_each=0),
        ):
            assert index.search(query).documents in (0, 1), text[:50]
