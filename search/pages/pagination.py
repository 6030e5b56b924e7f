"""Cutting what is too long for one page into parts that are not."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

PART_CHARACTERS = 120_000


def in_parts(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield runs of items of at most ``PART_CHARACTERS`` together; an item that is longer is a part by itself."""
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
