"""By which initials a title or an issuer is suggested; readings as in 现代汉语词典 and the names of places."""

import pytest

from schemas.records import SectionRow
from search.results.autocomplete import BREAK, initials, row_terms, spoken_initials


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重庆市人民政府", "cqsrmzf"),
        ("东莞市财政局", "dgsczj"),
        ("银行业监督管理", "yhyjdgl"),
        ("会计师事务所", "kjssws"),
        ("番禺区", "pyq"),
        ("亳州市、盱眙县", "bzsxyx"),
        ("重大行政决策", "zdxzjc"),
        ("音乐学院院长", "yyxyyz"),
    ],
)
def test_words_are_read_as_words_and_rarer_characters_too(text: str, expected: str) -> None:
    assert spoken_initials(text) == expected


def test_a_title_is_suggested_by_either_reading() -> None:
    row = SectionRow(
        id="a-0-0", document_id="a", key="a", article=0, ordinal=0, level=0, number=None, heading=None, path=(),
        text="", title="重庆市会计管理办法", issuer=None, document_number=None, signed_on=None, published_on=None,
        year=None, format="txt",
    )  # fmt: skip
    keys = {term.split(BREAK)[0] for term in row_terms(row)}
    assert {"cqskjglbf", "zqshjglbf", "重庆市会计管理办法"} <= keys
    assert initials("政府信息公开") == spoken_initials("政府信息公开") == "zfxxgk"
