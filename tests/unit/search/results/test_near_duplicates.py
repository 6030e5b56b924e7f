"""Reprints are one text to the index; next year's report of the same office is another."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.results.near_duplicates import KEPT, fingerprint, near, signature, similarity

SEEDS = Path(__file__).parents[3] / "samples" / "normalized"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
NOTICE = """关于做好2011年春节期间安全生产工作的通知
各街道办事处、区直各单位：
为做好2011年春节期间的安全生产工作，确保全区人民度过一个欢乐祥和的节日，现就有关事项通知如下：
一、加强领导，落实责任。各单位要把节日期间的安全生产工作摆上重要议事日程，主要负责人要亲自抓、负总责。
二、突出重点，排查隐患。对商场、宾馆、学校、车站等人员密集场所进行全面检查，发现隐患立即整改，不留死角。
三、加强值班，确保畅通。严格执行24小时值班制度，遇有重大情况及时报告，不得迟报、漏报、瞒报。
区安全生产监督管理局
2011年1月13日
"""


def next_year(text: str) -> str:
    return re.sub(r"(?<!\d)20(\d\d)(?=年)", lambda match: f"20{int(match[1]) + 1:02}", text)


@pytest.mark.parametrize("text", [NOTICE, *TEXTS.values()], ids=["notice", *TEXTS])
def test_a_reprint_on_another_site_with_another_date_is_near(text: str) -> None:
    reprint = (
        "您的位置：市政府门户网站\n" + re.sub(r"(\d)日", r"\g<1>9日", text, count=1) + "\n来源：市安监局　编辑：张三"
    )
    assert near(signature(text), signature(reprint))


def test_a_reprint_without_marks_and_breaks_is_the_same() -> None:
    bare = re.sub(r"[，。、：\n]", " ", NOTICE)
    assert fingerprint(bare) == fingerprint(NOTICE)
    assert similarity(signature(bare), signature(NOTICE)) == 1.0


@pytest.mark.parametrize("text", [NOTICE, *(text for text in TEXTS.values() if len(re.findall("20..年", text)) > 5)])
def test_the_same_text_for_next_year_is_another_document(text: str) -> None:
    assert not near(signature(text), signature(next_year(text)))
    assert fingerprint(text) != fingerprint(next_year(text))


def test_a_form_filled_with_other_numbers_is_another_document() -> None:
    form = "主动公开{}条，其中网站{}条，微博{}条，受理申请{}件，办结{}件，举报{}件，行政复议{}件，收费{}元。"
    frame = "本机关严格按照条例的要求编制年度报告，由概况、主动公开、依申请公开、存在问题及改进措施等部分组成。"
    one, other = (frame + form.format(*range(start, start + 8)) for start in (11, 51))
    assert similarity(signature(one), signature(other)) < 0.7


def test_different_documents_share_next_to_nothing() -> None:
    sketches = [signature(text) for text in TEXTS.values()]
    assert all(similarity(a, b) < 0.3 for n, a in enumerate(sketches) for b in sketches[:n])


def test_the_estimate_is_close_to_the_share_of_the_text() -> None:
    half = len(NOTICE) // 2
    assert 0.3 < similarity(signature(NOTICE), signature(NOTICE[:half])) < 0.7


@pytest.mark.parametrize("text", ["", " \n。", "附件" * 10])
def test_a_text_of_few_letters_is_near_to_nothing(text: str) -> None:
    assert signature(text) == fingerprint(text) == ""
    assert not near(signature(text), signature(text))
    assert not near(None, signature(NOTICE))


@given(st.text(max_size=300))
def test_every_text_is_itself(text: str) -> None:
    sketch = signature(text)
    assert len(sketch) <= 2 + 6 * 255 + 8 * KEPT
    assert int(sketch or "0", 16) >= 0
    assert sketch == "" or similarity(sketch, sketch) == 1.0
