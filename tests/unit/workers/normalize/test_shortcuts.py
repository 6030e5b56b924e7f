"""What lets a rule pass over a text quickly has to let through whatever the rule finds."""

import re
from unicodedata import east_asian_width

import pytest

from workers.normalize.chrome.page_numbers import is_page_number
from workers.normalize.draft.sheet import DraftLine
from workers.normalize.line_breaks.wrapping import columns
from workers.normalize.vocabulary import any_of, starts_of


@pytest.mark.parametrize(
    "word", ["凯发", "k8", "K8", "\u212a8", "av", "AV", "bet365", "BET365", "iſ", "\u0130S", "ı\u017f"]
)
def test_where_a_word_matches_in_any_case_one_may_begin(word):
    words = ["凯发", "k8", "av", "bet365", "is"]
    assert re.match(any_of(words), word, re.IGNORECASE)
    assert re.match(starts_of(words), word)


def test_columns_are_those_unicode_gives():
    text = "第3页，abc“ｆｕｌｌ”…—①龥㐀\uff61é"
    assert columns(text) == sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)
    for character in map(chr, (*range(0x2000, 0x3400), *range(0x4DC0, 0xA000), *range(0xFF00, 0xFFF0))):
        assert columns(character) == (2 if east_asian_width(character) in "WFA" else 1)


@pytest.mark.parametrize("dash", "-－‐‑–—―─一·•~～")
def test_every_dash_dresses_a_page_number(dash):
    assert is_page_number(DraftLine(f"{dash} 12 {dash}", ((0, 0, 0),)))


@pytest.mark.parametrize("text", ["第 3 页", "共 9 页 第 3 页", "Page 3 of 9", "page 3"])
def test_every_named_page_number_is_seen(text):
    assert is_page_number(DraftLine(text, ((0, 0, 0),)))
