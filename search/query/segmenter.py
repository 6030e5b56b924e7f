"""The segmenter rjieba, loaded on first use: loading takes 0.3 s, and most processes never need it."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import rjieba


@cache
def load() -> Any:
    """Return the rjieba module, with its shipped dictionary."""
    import rjieba  # noqa: PLC0415  start-up

    return rjieba


def cut_for_search(text: str, guess: bool) -> list[str]:
    """Return the words of ``text``, including shorter ones inside longer ones; ``guess`` also forms unknown words."""
    words: list[str] = load().cut_for_search(text, guess)
    return words


def cut(text: str) -> list[str]:
    """Return the words of ``text``; unknown words are not guessed."""
    words: list[str] = load().cut(text, False)
    return words


def tokenize(text: str) -> list[tuple[str, int, int]]:
    """Return the words of ``text`` with start and end offsets; unknown words are not guessed."""
    words: list[tuple[str, int, int]] = load().tokenize(text, "default", False)
    return words


def has_word(word: str) -> bool:
    """Return whether the dictionary shipped with rjieba has ``word``."""
    return bool(load()._DEFAULT_JIEBA.has_word(word))


def own() -> "rjieba.Jieba":
    """Return a new segmenter with the shipped dictionary, to which words can be added; it takes 26 MB."""
    made: rjieba.Jieba = load().Jieba()
    return made
