"""Facets as they are shown; the same for every index."""

from collections.abc import Mapping
from typing import Any

from schemas.queries import Facet, FacetValue

# How many values of a facet are shown, and how many years.
VALUES = 30
YEARS = 60


def most(name: str) -> int:
    """Return how many values of a facet are shown."""
    return YEARS if name == "year" else VALUES


def facet(name: str, counted: Mapping[Any, int]) -> Facet:
    """Return a facet of values and counts in the order they are shown: most frequent first, years newest first."""

    def order(each: tuple[Any, int]) -> tuple[int, str]:
        return -int(each[0]) if name == "year" else -each[1], str(each[0])

    return Facet(
        name, tuple(FacetValue(str(value), count) for value, count in sorted(counted.items(), key=order) if count)
    )
