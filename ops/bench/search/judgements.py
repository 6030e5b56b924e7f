"""Questions with the sections judged to answer them, and what one question came to."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """Questions by number, and of each the sections that answer it."""

    questions: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question came to: nDCG@10, recall@10 and milliseconds."""

    ndcg: float
    recall: float
    milliseconds: float
