"""联合发文机关: the organs that signed beside the first, from the signature block, the catalogue entry or the title."""

import re
from collections.abc import Iterator, Sequence

from workers.extract.grammar.organs import is_organ
from workers.extract.record.facts import Fact, FactSource
from workers.extract.record.labelled import ISSUER_LABELS
from workers.extract.record.signature import find_signature, signing_lines
from workers.runtime.lazy_regex import lazy_compile

_BETWEEN = lazy_compile(r"[\s、，,;；]+")
_LEADING = lazy_compile(r"^([一-鿿、\s]{6,120}?)(?:关于|转发|印发)")
_MIN_LENGTH = 3
SEPARATOR = "、"


def read_co_issuers(source: FactSource) -> Iterator[Fact]:
    """Read the organs that sign together, joined by 、 with the first of them in front."""
    place = find_signature(source.body)
    if place is not None:
        lines = signing_lines(source.body, place)
        yield from read_joint_organs(" ".join(line.text for line in lines), "signature", 0.95)
    for clue in source.clues if source.first else ():
        if "".join(clue.label.split()) in ISSUER_LABELS:
            yield from read_joint_organs(clue.value, clue.origin, 0.9)
    leading = _LEADING.match(source.title or "")
    if leading:
        yield from read_joint_organs(leading[1], "title", 0.7)


def beside(issuer: str | None, fact: Fact | None) -> tuple[str, ...]:
    """Return the organs of a reading without the issuer; empty if the reading does not name the issuer."""
    organs = tuple(fact.value.split(SEPARATOR)) if fact else ()
    return tuple(organ for organ in organs if organ != issuer) if issuer in organs else ()


def read_joint_organs(text: str, origin: str, confidence: float) -> Iterator[Fact]:
    """Read the organs of a text that names two or more of them and nothing else."""
    organs = _organs([piece for piece in _BETWEEN.split(text.strip()) if piece])
    if len(organs) >= 2:
        yield Fact("co_issuers", SEPARATOR.join(organs), text, origin, confidence)


def _organs(pieces: Sequence[str]) -> list[str]:
    """Return the pieces without duplicates if all are names of organs."""
    named = [re.sub(r"[（(](?:盖章|公章|印章|印|章)[)）]", "", piece) for piece in pieces]
    if not all(len(name) >= _MIN_LENGTH and is_organ(name) for name in named):
        return []
    return list(dict.fromkeys(named))
