"""Questions with the sections judged to answer them, and the score of one question."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """Questions by number, and the sections that answer each."""

    questions: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The score of one question: nDCG@10, recall@10 and milliseconds."""

    ndcg: float
    recall: float
    milliseconds: float
