"""What decides the order of hits is one tree of clauses, whichever index compiles it."""

import ast
from pathlib import Path

from search.query.boosts import EVERY_WORD_WEIGHT, NUMBER_WEIGHT, SYNONYM_WEIGHT, TITLE_WEIGHT
from search.query.lexicon import Segmenter
from search.query.parser import parse
from search.query.ranking import Best, Constant, HeldWord, Phrase, Ranking, Some, Terms, Value, Weighed, rank

SEARCH = Path(__file__).parents[4] / "search"


def test_a_word_is_asked_for_as_one_and_scored_by_its_characters() -> None:
    ranking = rank(parse("民政"), "words", Segmenter())
    assert ranking.required == (HeldWord("民政", ("text", "path", "title")),)
    (scored,) = ranking.certain
    assert isinstance(scored, Phrase)
    assert scored.text == "民政"


def test_by_characters_what_is_required_is_what_is_scored() -> None:
    ranking = rank(parse("民政"), "strict", Segmenter())
    assert ranking.required == ranking.certain


def test_a_question_is_ranked_by_the_pairs_and_single_characters_of_its_words() -> None:
    ranking = rank(parse("公司拖欠工资应当向哪个部门投诉"), "strict", Segmenter())
    assert ranking.certain == ()
    terms = ranking.optional[0]
    assert isinstance(terms, Weighed)
    assert isinstance(terms.clause, Terms)
    assert {"拖欠", "工资", "投诉", "资"} <= set(terms.clause.terms)


def test_some_words_will_do_and_all_of_them_come_first() -> None:
    ranking = rank(parse("公司拖欠工资应当向哪个部门投诉"), "loose", Segmenter())
    (some,) = ranking.required
    assert isinstance(some, Some)
    assert some.least < len(some.clauses)
    assert any(isinstance(each, Constant) and each.weight == EVERY_WORD_WEIGHT for each in ranking.optional)


def test_what_a_word_is_also_called_counts_less() -> None:
    (asked,) = rank(parse("政务公开"), "strict", Segmenter()).required
    assert isinstance(asked, Best)
    own, others = asked.clauses
    assert isinstance(others, Weighed)
    assert others.weight == SYNONYM_WEIGHT
    assert own != others.clause


def test_a_document_number_finds_its_document_before_those_that_cite_it() -> None:
    ranking = rank(parse("国办发〔2017〕42号"), "strict", Segmenter())
    (number,) = ranking.required
    assert ranking.beside == (number,)
    assert isinstance(number, Some)
    own, cited = number.clauses
    assert isinstance(own, Constant)
    assert isinstance(cited, Constant)
    assert own.weight == NUMBER_WEIGHT > cited.weight


def test_a_title_typed_back_and_the_article_of_a_law_are_lifted() -> None:
    titled = Constant(Value("title_key", ("网络安全法第二十条",)), TITLE_WEIGHT)
    ranking = rank(parse("网络安全法第二十条"), "strict", Segmenter())
    assert titled in ranking.beside
    assert len(ranking.beside) == 3


def test_a_listing_asks_for_nothing() -> None:
    assert rank(parse(""), "listing", Segmenter()) == Ranking()


def test_no_index_takes_a_weight_but_the_one_between_fields() -> None:
    for path in (*SEARCH.glob("elastic/*.py"), *SEARCH.glob("tantivy/*.py")):
        imports = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        taken = {name.name for node in imports if node.module == "search.query.boosts" for name in node.names}
        assert taken <= {"TIE_BREAKER", "K1", "B"}, path
