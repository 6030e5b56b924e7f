"""Median and 95th percentile for all measurements."""

import statistics
from collections.abc import Sequence


def p50_p95(values: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile, interpolated between neighbouring values.

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("no values were measured, so there are no percentiles")
    if len(values) == 1:
        return values[0], values[0]
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]
