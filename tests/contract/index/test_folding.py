"""Of documents that are nearly the same one is shown, and counts the others."""

import random

import pytest

from schemas.queries import Query
from search.protocol import Index
from search.results.near_duplicates import fingerprint, signature
from tests.support.disclosures import SENTENCES
from tests.support.index_contents import add, facet, keys_of

TEXTS = ["".join(random.Random(seed).sample(SENTENCES, 8)) for seed in range(3)]


def put(index: Index, key: str, text: str, **fields: object) -> None:
    """Put in a document of two sections that tells what it is near to, as the pipeline does."""
    add(
        index,
        key,
        text[:120],
        text[120:],
        summary={"signature": signature(text)},
        fingerprint=fingerprint(text),
        **fields,
    )


@pytest.mark.parametrize("text", ["政府信息公开", ""])
def test_documents_with_the_same_text_are_one_hit_that_counts_the_others(index: Index, text: str) -> None:
    for number in range(7):
        put(index, f"copy {number}", TEXTS[0], issuer="甲局", signed_on=f"2016-01-0{number + 1}")
    put(index, "other", TEXTS[1], issuer="乙局")
    index.refresh()
    found = index.search(Query(text, facets=("issuer",)))
    assert sorted(hit.others for hit in found.hits) == [0, 6]
    assert found.documents == 8
    assert facet(found, "issuer") == {"甲局": 7, "乙局": 1}
    apart = index.search(Query(text, fold=False))
    assert len(apart.hits) == 8
    assert {hit.others for hit in apart.hits} == {0}


def test_the_sections_under_a_hit_are_its_own_and_not_those_of_its_copies(index: Index) -> None:
    for number in range(5):
        put(index, f"copy {number}", TEXTS[0], title=None)
    index.refresh()
    hit = index.search(Query("公开", sections_each=9)).hits[0]
    assert sorted(section.ordinal for section in hit.sections) == [0, 1]
    assert hit.others == 4


def test_documents_that_differ_a_little_are_folded_by_their_signatures(index: Index) -> None:
    text = "".join(SENTENCES[:14])
    put(index, "reprint", text.replace("春夏县人民政府办公室", "春夏县政府办"), title=None)
    put(index, "original", text, title=None)
    put(index, "another", "".join(SENTENCES[9:]), title=None)
    index.refresh()
    found = index.search(Query("长江大桥"))
    assert found.documents == 3
    assert sorted((hit.others, hit.key == "another") for hit in found.hits) == [(0, True), (1, False)]
    assert len(index.search(Query("长江大桥", fold=False)).hits) == 3


def test_a_walk_by_cursor_passes_over_copies_of_what_it_showed(index: Index) -> None:
    for number in range(12):
        put(index, f"{number:02}", TEXTS[number % 3], signed_on=f"2016-01-{number + 1:02}")
    index.refresh()
    for text in ("公开", ""):
        first = index.search(Query(text, size=2))
        assert first.cursor is not None
        second = index.search(Query(text, size=2, cursor=first.cursor))
        assert sorted(hit.others for hit in first.hits + second.hits) == [3, 3, 3]
        assert second.cursor is None


def test_documents_without_a_fingerprint_are_never_the_same(index: Index) -> None:
    add(index, "a", "附件")
    add(index, "b", "附件")
    index.refresh()
    assert sorted(keys_of(index.search(Query("附件")))) == ["a", "b"]


@pytest.mark.parametrize(
    "said", [{"issuer": ("甲局", "乙局")}, {"document_number": ("甲发〔2016〕1号", "甲发〔2016〕2号")}]
)
def test_one_form_filled_in_by_two_offices_is_two_documents(index: Index, said: dict[str, tuple[str, str]]) -> None:
    text = "".join(SENTENCES[:14])
    for n, wording in enumerate((text, text.replace("春夏县人民政府办公室", "春夏县政府办"))):
        put(index, f"form {n}", wording, title=None, **{name: values[n] for name, values in said.items()})
    index.refresh()
    found = index.search(Query("长江大桥"))
    assert sorted(hit.key for hit in found.hits) == ["form 0", "form 1"]


def test_what_only_one_of_two_says_of_itself_and_how_it_is_written_keeps_nothing_apart(index: Index) -> None:
    text = "".join(SENTENCES[:14])
    put(index, "reprint", text.replace("春夏县人民政府办公室", "春夏县政府办"), document_number="甲发[2016]01号")
    put(index, "original", text, document_number="甲发〔2016〕1号", issuer="甲局")
    index.refresh()
    assert [hit.others for hit in index.search(Query("长江大桥")).hits] == [1]
