"""What found nothing is understood by its sound."""

import pytest

from search.query.pinyin import initials, pinyin
from search.results.did_you_mean import candidates


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zhengfuxinxigongkai", "政府信息公开"),
        ("Zheng Fu Xin Xi Gong Kai", "政府信息公开"),
        ("zfxxgk", "政府信息公开"),
        ("依申情公开", "依申请公开"),
        ("行政復义", "行政复议"),
    ],
)
def test_pinyin_initials_and_homophones_name_a_known_term(typed: str, meant: str) -> None:
    assert next(candidates(typed, lambda _: [])) == meant


def test_what_sounds_like_nothing_known_offers_nothing() -> None:
    for typed in ("qqqq", "政府信息公开", "12345", "😀"):
        assert list(candidates(typed, lambda _: [])) == []


def test_syllables_are_told_by_the_order_of_the_standard() -> None:
    assert pinyin("政府信息公开条例2019") == "zhengfuxinxigongkaitiaoli2019"
    assert initials("啊座龘") == "az"
