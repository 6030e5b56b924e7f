"""Reads the hand-drawn sets of facts and matches what was found against them, one to one."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from schemas.articles import Article, Extracted
from workers.convert.registry import convert
from workers.extract import extract
from workers.normalize import normalize

SAMPLES = Path(__file__).parent.parent / "samples"
Found = TypeVar("Found")


def facts(name: str) -> dict[str, Any]:
    """Return a set of facts: ``statistics``, ``references`` or ``roles``."""
    data: dict[str, Any] = json.loads((SAMPLES / "facts" / f"{name}.json").read_text("utf-8"))
    return data


@cache
def seed(name: str) -> Extracted:
    """Return a founding document as the whole line of stages reads it."""
    return extract(normalize(convert(SAMPLES / "seeds" / name, hint="txt", workdir=SAMPLES)))


def seed_articles(data: dict[str, Any]) -> list[tuple[Article, list[Any]]]:
    """Return each article of the founding documents with the facts drawn from it."""
    return [
        (article, wanted)
        for name, articles in data["documents"].items()
        for article, wanted in zip(seed(name).articles, articles, strict=True)
    ]


def unmatched(
    found: Sequence[Found], wanted: Sequence[Any], same: Callable[[Found, Any], bool]
) -> tuple[list[Found], list[Any]]:
    """Match one to one and return (found but not wanted, wanted but not found)."""
    left = list(wanted)
    extra: list[Found] = []
    for one in found:
        hit = next((row for row in left if same(one, row)), None)
        if hit is None:
            extra.append(one)
        else:
            left.remove(hit)
    return extra, left


def precision_recall(
    pairs: Sequence[tuple[Sequence[Found], Sequence[Any]]], same: Callable[[Found, Any], bool]
) -> tuple[float, float, list[str]]:
    """Return precision, recall and what was wrong, over all pairs of found and wanted facts."""
    found, wanted = sum(len(one) for one, _ in pairs), sum(len(rows) for _, rows in pairs)
    wrong = [unmatched(one, rows, same) for one, rows in pairs]
    extra, missing = sum(len(one) for one, _ in wrong), sum(len(rows) for _, rows in wrong)
    report = [f"+ {one}" for more, _ in wrong for one in more] + [f"- {row}" for _, rows in wrong for row in rows]
    return 1 - extra / max(1, found), 1 - missing / max(1, wanted), report
