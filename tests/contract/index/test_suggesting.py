"""What is suggested while someone types."""

from schemas.queries import Query, Suggestion
from search.protocol import Index
from tests.support.index_contents import add


def texts(found: list[Suggestion]) -> set[tuple[str, str, int]]:
    return {(each.text, each.kind, each.documents) for each in found}


def test_titles_issuers_numbers_and_headings_are_suggested_by_their_beginning(index: Index) -> None:
    shared = {"issuer": "春夏县人民政府", "title": "春夏县政务公开要点"}
    add(index, "a", "一", "二", document_number="春政发〔2017〕5号", heading="春季植树", **shared)
    add(index, "b", "一", "二", heading="春季植树", **shared)
    index.refresh()
    assert texts(index.suggest("春")) == {
        ("春夏县人民政府", "issuer", 2),
        ("春夏县政务公开要点", "title", 2),
        ("春政发〔2017〕5号", "number", 1),
        ("春季植树", "heading", 2),
    }
    assert texts(index.suggest("春政发[2017")) == {("春政发〔2017〕5号", "number", 1)}
    assert texts(index.suggest("春夏縣人")) == {("春夏县人民政府", "issuer", 2)}
    assert index.suggest("植树") == []


def test_pinyin_initials_suggest_titles_and_issuers(index: Index) -> None:
    add(index, "a", "一", issuer="春夏县人民政府", title="春夏县政务公开要点")
    index.refresh()
    assert texts(index.suggest("cxxzw")) == {("春夏县政务公开要点", "title", 1)}
    assert texts(index.suggest("CXXRM")) == {("春夏县人民政府", "issuer", 1)}


def test_the_most_frequent_come_first_and_no_more_than_asked_for(index: Index) -> None:
    for number in range(6):
        add(index, f"{number}", "一", title=f"公开指南{number}", issuer="公开办" if number else "公开处")
    index.refresh()
    found = index.suggest("公开", size=3)
    assert len(found) == 3
    assert found[0] == Suggestion("公开办", "issuer", 5)


def test_any_typed_text_is_answered(index: Index) -> None:
    add(index, "a", "一", title="公开(指南)[一]")
    index.refresh()
    for typed in (
        "",
        " ",
        "。",
        "*",
        ".*",
        "公开(",
        "公开(指南)[",
        '"',
        "\\",
        "a" * 5000,
        "\ud800",
        "\ue000",
        "#~@&<>",
        "公" * 300,
    ):
        assert len(index.suggest(typed)) <= 1
    assert texts(index.suggest("《公开（指")) == {("公开(指南)[一]", "title", 1)}


def test_a_replaced_title_is_no_longer_suggested(index: Index) -> None:
    add(index, "a", "一", title="公开指南")
    index.refresh()
    assert index.suggest("公开")
    add(index, "a", "一", title="信访条例")
    index.refresh()
    assert index.suggest("公开") == []
    assert index.search(Query("信访")).documents == 1
