import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.blocks import Block, Converted
from schemas.cleaned import Normalized
from schemas.codec import decode, encode
from tests.support.builders.papers import paper
from workers.normalize import normalize

LONG = 200_000
HOSTILE = {
    "brackets": "(" * LONG,
    "pairs of brackets": "()" * LONG,
    "numbers": "一、" * LONG,
    "title marks": "《" * LONG,
    "question marks": "?条例" * LONG,
    "injected pinyin": "當(dāng)" * (LONG // 4),
    "broken pinyin": "請?zhí)幚" * (LONG // 4),
    "document numbers": "国办发?2017?42号" * (LONG // 8),
    "spaces": "国 " * LONG,
    "spam": "凯发" * LONG,
    "links": "久久|" * LONG,
    "rules": "=" * LONG + "x" + "=" * LONG,
    "arrows": "首页>" * LONG,
    "labels": "来源:" * LONG,
    "mojibake": "锛" * LONG,
    "accents": "Ãå" * LONG,
    "references": "&nbsp;" * (LONG // 4),
    "page numbers": "国 2 " * LONG,
    "lines": "一\n" * (LONG // 4),
    "nothing": "\u200b \u3000" * LONG,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_in_one_line_comes_through(kind):
    cleaned = normalize(paper(HOSTILE[kind]))
    assert all(len(p.text) == len(p.display) for p in cleaned.paragraphs)


FRAGMENTS = st.sampled_from(
    [
        "政务(wù)公開",
        "請?zhí)幚硇剩",
        "?条例?",
        "国办发?2017?42号",
        "凯发k8官网登录入口",
        "首页>政务公开",
        "来源:",
        "2",
        " ",
        "\n",
        "\u200b",
        "一、",
        "(一)",
        "。",
        "、",
        "《",
        "》",
        "（",
        "&ldquo;",
        "锛",
        "ÕþÎñ",
        "\ufffd",
        "— 2 —",
        "查看更多",
        "VIP文档",
        "相关链接",
        "時間",
        "着",
    ]
)
LINES = st.lists(st.lists(FRAGMENTS | st.text(max_size=6), max_size=8).map("".join), max_size=12)


@given(LINES)
def test_whatever_comes_the_artefact_is_sound(lines):
    cleaned = normalize(Converted("txt", tuple(map(Block, lines))))
    assert all(len(p.text) == len(p.display) and p.text.strip() == p.text for p in cleaned.paragraphs)
    assert all(
        0 <= r.block < len(lines) and (r.offset is None or r.offset <= len(lines[r.block])) for r in cleaned.removals
    )
    assert all(d.offset <= len(cleaned.paragraphs[d.paragraph].text) for d in cleaned.damages)


KEPT_OR_TAKEN = st.sampled_from(
    [
        "政務(wù)公開",
        "會(huì)議",
        "國(guó)家",
        "凯发k8官网登录入口",
        "扫一扫在手机打开当前页",
        "— 2 —",
        "\u200b",
        "来源:",
        "内容，正文。",
        "会 议 纪 要",
    ]
)


@given(st.lists(st.lists(KEPT_OR_TAKEN, min_size=1, max_size=6).map("".join), max_size=10))
def test_every_character_is_either_kept_or_recorded(lines):
    cleaned = normalize(Converted("txt", tuple(map(Block, lines))))
    kept = "".join(p.display for p in cleaned.paragraphs) + "".join(r.text for r in cleaned.removals)
    assert sorted(kept.replace(" ", "")) == sorted("".join(lines).replace(" ", ""))


def test_the_artefact_survives_its_encoding():
    cleaned = normalize(paper("政務(wù)公開與會(huì)議,國(guó)家", "?条例?"))
    assert decode(Normalized, encode(cleaned)) == cleaned


def test_an_empty_document_stays_empty():
    assert normalize(Converted("txt", ())).paragraphs == ()
