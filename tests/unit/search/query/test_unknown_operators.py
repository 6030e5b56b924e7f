"""Marks that people type and the query language does not have."""

import pytest

from search.query.operators import find_joined_or, list_unknown


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("kind:通知 公开", ("kind",)),
        ("体裁：通知", ("体裁",)),
        ("issuer:某市 年份:2011", ()),
        ("答复：同意公开", ()),
        ("https://example.org/a", ()),
        ('"kind:通知"', ()),
    ],
)
def test_marks_that_mean_nothing_are_told_from_text(typed: str, names: tuple[str, ...]) -> None:
    assert list_unknown(typed) == names


def test_an_or_without_blanks_is_proposed_with_them() -> None:
    assert find_joined_or("教育OR卫生") == "教育 OR 卫生"
    assert find_joined_or("教育 OR 卫生") == ""
    assert find_joined_or("FOR循环") == ""
