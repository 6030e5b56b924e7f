"""Divide long documents into parts of page length."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

PART_CHARACTERS = 120_000


def in_parts(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield runs of items of at most ``PART_CHARACTERS`` in total; a longer item is a part by itself."""
    part: list[T] = []
    characters = 0
    for item in items:
        size = length(item)
        if part and characters + size > PART_CHARACTERS:
            yield part
            part, characters = [], 0
        part.append(item)
        characters += size
    if part:
        yield part
