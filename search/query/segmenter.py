"""The segmenter rjieba, loaded when it is first asked: its dictionary costs 0.3 s, which most processes never need."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import rjieba


@cache
def load() -> Any:
    """Return the module with its own dictionary."""
    import rjieba  # noqa: PLC0415  start-up

    return rjieba


def cut_for_search(text: str, guess: bool) -> list[str]:
    """Return the words of ``text``, the shorter ones inside longer ones too; ``guess`` forms unknown words as well."""
    words: list[str] = load().cut_for_search(text, guess)
    return words


def tokenize(text: str) -> list[tuple[str, int, int]]:
    """Return the words of ``text``, none of them guessed, each with its begin and end."""
    words: list[tuple[str, int, int]] = load().tokenize(text, "default", False)
    return words


def has_word(word: str) -> bool:
    """Tell whether ``word`` stands in the dictionary shipped with rjieba."""
    return bool(load()._DEFAULT_JIEBA.has_word(word))


def own() -> "rjieba.Jieba":
    """Return a segmenter of its own, with the dictionary shipped, to add words to; it takes 26 MB."""
    made: rjieba.Jieba = load().Jieba()
    return made
