"""Order and length of the facets shown; the same for every index."""

from collections.abc import Mapping
from typing import Any

from schemas.queries import Facet, FacetValue

# Maximum of values shown in a facet, and of years.
VALUES = 30
YEARS = 60


def most(name: str) -> int:
    """Return the maximum of values shown in the facet ``name``."""
    return YEARS if name == "year" else VALUES


def facet(name: str, counted: Mapping[Any, int]) -> Facet:
    """Return a facet of the counted values: most frequent first, years newest first."""

    def order(each: tuple[Any, int]) -> tuple[int, str]:
        return -int(each[0]) if name == "year" else -each[1], str(each[0])

    return Facet(
        name, tuple(FacetValue(str(value), count) for value, count in sorted(counted.items(), key=order) if count)
    )
