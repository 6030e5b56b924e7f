"""Where a heading ends whose line break was lost: 「主动公开方面平潭综合实验区切实落实…」.

What ends a heading and what begins a sentence is learnt from documents whose line breaks were taken out
(``ops.bench.quality.end_fit``): the characters on both sides of each place, those the heading would hold, and its
length add up. The table holds one signed byte for each slot; characters are told apart by a hash, as in feature hashing
(Weinberger et al. 2009), so that no words are stored.
"""

import math
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

SLOTS, SCALE = 1 << 16, 16
SHORTEST, LONGEST = 2, 34
SURE = 0.5
_REST = 6
_TABLE = Path(__file__).with_name("ends.bin")
_MARKS = frozenset("。；！？：;!?:\n")

Features = tuple[int, ...]


@lru_cache(maxsize=1)
def read_table() -> Sequence[int]:
    """Return the table of weights, each multiplied by ``SCALE``."""
    table = array("b")
    table.frombytes(_TABLE.read_bytes())
    return table


def find_end(text: str) -> int:
    """Return where the heading at the start of a numbered paragraph ends that runs on into its text; 0 if unsure.

    Args:
        text: What follows the number.
    """
    found = likelihoods(text, read_table(), SCALE)
    best = max(found, key=lambda place: found[place], default=0)
    return best if best and found[best] >= SURE else 0


def likelihoods(text: str, table: Sequence[float], scale: float = 1.0) -> dict[int, float]:
    """Return the probability that the heading ends at each place; they sum to 1."""
    scores = {place: sum(table[slot] for slot in slots) / scale for place, slots in places(text)}
    highest = max(scores.values(), default=0.0)
    shares = {place: math.exp(score - highest) for place, score in scores.items()}
    whole = sum(shares.values())
    return {place: share / whole for place, share in shares.items()}


def places(text: str) -> Iterator[tuple[int, Features]]:
    """Yield each place where the heading may end, with the slots of its evidence."""
    inside: Features = ()
    for place in range(1, min(len(text) - _REST, LONGEST) + 1):
        if text[place - 1] in _MARKS:
            return
        if place > 1:
            inside = (*inside, _slot(4, text[place - 2 : place]))
        if place >= SHORTEST:
            yield place, inside + _around(text, place)


def _around(text: str, place: int) -> Features:
    return (
        _slot(5, text[place - 1]),
        _slot(6, text[place - 2 : place]),
        _slot(7, text[max(0, place - 3) : place]),
        _slot(8, text[place]),
        _slot(9, text[place : place + 2]),
        _slot(10, text[place : place + 3]),
        _slot(11, text[place - 1 : place + 1]),
        _slot(12, chr(place)),
        _slot(13, chr(min(3, text.count("，", 0, place)))),
    )


def _slot(kind: int, characters: str) -> int:
    """Return the slot of some characters; figures are all alike."""
    value = kind
    for character in characters:
        value = (value * 1000003) ^ (48 if character.isdigit() else ord(character))
    return (value ^ (value >> 16)) & (SLOTS - 1)
