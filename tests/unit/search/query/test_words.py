"""The words of a text, as the embedded index stores them."""

import pytest

from search.query.words import text_words


@pytest.mark.parametrize(
    ("text", "words", "not_words"),
    [
        ("县民政部门负责民政工作。", {"民政", "部门", "工作"}, set()),
        ("各级人民政府应当公开政府信息。", {"人民", "政府", "公开", "信息"}, {"民政"}),
        ("行政法规和地方性法规", {"行政", "法规", "地方"}, {"政法"}),
        ("進行政策解讀", {"进行", "政策", "解读"}, {"行政"}),
        ("公" * 5_000, set(), set()),
        ("abcdefgh" * 5_000, set(), set()),
    ],
)
def test_words_of_a_text_are_those_both_segmentations_have(text: str, words: set[str], not_words: set[str]) -> None:
    found = text_words(text)
    assert words <= set(found)
    assert not not_words & set(found)
    assert len(found) == len(set(found))
