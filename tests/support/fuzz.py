"""How requests are drawn from a description: always the same ones, so that a failure is one for everybody."""

import schemathesis
from hypothesis import HealthCheck, Phase, settings

# Which well-formed requests make sense (a cursor of this very list), and which odd ones are still understood (a filter
# written 1 for true), is more than a description can say.
NOT_DESCRIBED = [
    schemathesis.checks.positive_data_acceptance,
    schemathesis.checks.negative_data_rejection,
]


def drawn_alike(examples: int) -> settings:
    """Return the settings of a test that tries so many examples of each operation."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
