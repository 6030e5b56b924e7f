"""Each problem has a code; each code says the same in both languages; no site says anything in words of its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.codec import decode, encode
from schemas.errors import DocumentError
from schemas.messages.catalogue import MESSAGES
from schemas.messages.language import choose_language
from schemas.messages.sentence import Sentence, names_of
from schemas.outcomes import Category, Problem, say_problem

ROOT = Path(__file__).parents[3]
ROOMS = ("schemas", "search", "workers", "ops")
# Where in the arguments the sentence stands.
SAYING = {"Problem.of": 1, "DocumentError": 1, "KilledError": 1, "members.leave_out": 2, "self.leave_out": 2}
_HAN = re.compile("[\u4e00-\u9fff]")
_ADVICE_EN = re.compile(r"upload|ask for|get (?:it|the file) again|save |raise |split |install|retry|check the|set ")
_ADVICE_ZH = re.compile("请|可用|可以|须|要全部")


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield file, dotted name and call of each call in the rooms."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield str(path.relative_to(ROOT)), ast.unparse(node.func), node


CALLS = list(_calls())
SENTENCES = [(path, call) for path, name, call in CALLS if name == "Sentence.of"]


def test_each_sentence_of_the_code_stands_in_the_catalogue_with_its_values() -> None:
    assert len(SENTENCES) > 100
    for path, call in SENTENCES:
        code = call.args[0]
        assert isinstance(code, ast.Constant), f"{path}:{call.lineno}: the code of a sentence is written out"
        given = {keyword.arg for keyword in call.keywords}
        assert given == names_of(MESSAGES[code.value].en), f"{path}:{call.lineno}: values of {code.value}"


def test_each_code_is_used() -> None:
    used = {call.args[0].value for _, call in SENTENCES if isinstance(call.args[0], ast.Constant)}
    assert set(MESSAGES) == used


def test_no_site_says_a_problem_in_words_of_its_own() -> None:
    found = 0
    for path, name, call in CALLS:
        assert name != "Problem", f"{path}:{call.lineno}: Problem.of takes a sentence with a code"
        if name in SAYING:
            found += 1
            said = call.args[SAYING[name]]
            words = [part for part in ast.walk(said) if isinstance(part, ast.JoinedStr)]
            assert not words, f"{path}:{call.lineno}: words instead of a sentence"
            assert not isinstance(said, ast.Constant), f"{path}:{call.lineno}: words instead of a sentence"
    assert found > 120


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_name_the_same_values_and_advise_alike(code: str) -> None:
    template = MESSAGES[code]
    assert names_of(template.en) == names_of(template.zh)
    assert not _HAN.search(template.en)
    assert _HAN.search(template.zh)
    if _ADVICE_EN.search(template.en):
        assert _ADVICE_ZH.search(template.zh), "what to do is missing in Chinese"


def test_a_problem_is_said_in_either_language_and_survives_its_record() -> None:
    problem = Problem.of("convert", Sentence.of("tracked-deletions", count=2))
    again = decode(Problem, encode(problem))
    assert again == problem
    assert again.message == say_problem(again, "en") == "2 tracked deletions are not part of the text"
    assert say_problem(again, "zh") == "原文有 2 处修订删除的文字，不计入正文。"


def test_a_cause_inside_a_problem_is_said_in_the_same_language() -> None:
    error = DocumentError(Category.CORRUPT, Sentence.of("part-without-xml", part="a.xml"))
    said = Sentence.of("files-unreadable", cause=error.said)
    problem = decode(Problem, encode(Problem.of("convert", said)))
    assert say_problem(problem, "en") == "cannot be read (a.xml holds no readable XML; ask for a fresh copy)"
    assert say_problem(problem, "zh") == "未能读出：文件内的 a.xml 没有可读的内容。请重新索取文件。"
    assert str(error) == "a.xml holds no readable XML; ask for a fresh copy"


def test_a_record_without_codes_or_with_later_ones_says_its_message() -> None:
    old = decode(Problem, b'{"stage": "convert", "message": "as it was said"}')
    assert say_problem(old, "zh") == "as it was said"
    later = decode(Problem, b'{"stage": "convert", "message": "as it will be", "code": "not-yet", "values": {"n": 1}}')
    assert say_problem(later, "zh") == "as it will be"
    fewer = Problem("convert", "two are missing", code="word-text-missing", values={"lost": 2})
    assert say_problem(fewer, "zh") == "two are missing"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "zha_CN"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "", "LC_ALL": "zh_TW"}, "zh"),
        ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], language: str) -> None:
    assert choose_language(environment) == language
