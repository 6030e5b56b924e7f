"""A dictionary is the same for the same words, and a new one changes only what holds its new words in a name."""

from dataclasses import replace
from pathlib import Path

from schemas.records import ArticleSummary
from search.open import WordFiles, open_index
from search.query.lexicon import Lexicon, Segmenter, build_lexicon, changed_words, load_shipped, read, touches
from tests.support.disclosures import row_of


def test_the_version_tells_words_apart_and_not_their_order() -> None:
    assert (
        read("政务公开\n# 注\n信访 # 注\n").version == Lexicon(("信访", "政务公开")).version != load_shipped().version
    )


def test_agencies_and_laws_of_a_collection_become_words() -> None:
    article = ArticleSummary(
        ordinal=0, title="春夏县水利局关于印发《节水管理办法》的通知", issuer="春夏县水利局", document_number=None
    )
    rule = ArticleSummary(ordinal=1, title="春夏县河道采砂规定", issuer="春夏县")
    made = build_lexicon([article, rule], Lexicon(("信访",)))
    assert made.ordered == ("信访", "春夏县水利局", "节水管理办法", "春夏县", "河道采砂规定")


def test_only_documents_with_a_new_word_in_title_or_heading_change() -> None:
    words = changed_words(Lexicon(("信访",)), Lexicon(("信访", "节水管理办法")))
    assert words is not None
    inside = row_of("a", 0, 1, "正文", title="节水 管理办法释义")
    outside = row_of("b", 0, 1, "正文提到节水管理办法", title="信访条例")
    assert touches(words, [inside])
    assert not touches(words, [outside])
    assert touches(words, [replace(outside, heading="节水管理办法")])
    assert changed_words(Lexicon(("信访",)), Lexicon(("信访",))) is None


def test_names_are_cut_by_the_dictionary_of_their_index_alone() -> None:
    with_it, without = Segmenter(Lexicon(("节水管理办法",))), Segmenter(Lexicon(("信访",)))
    assert "节水管理办法" in with_it.words("春夏县节水管理办法")
    assert "节水管理办法" not in without.words("春夏县节水管理办法")
    assert without.version == Lexicon(("信访",)).version


def test_two_indexes_of_one_process_keep_their_own_dictionaries(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("节水管理办法\n", "utf-8")
    words = WordFiles.named(synonyms="", lexicon=str(tmp_path / "words.txt"))
    own, shipped = (
        open_index(f"tantivy://{tmp_path}/{n}", prefix="", words=some) for n, some in enumerate((words, None))
    )
    assert own.lexicon_version == Lexicon(("节水管理办法",)).version
    assert shipped.lexicon_version == load_shipped().version
