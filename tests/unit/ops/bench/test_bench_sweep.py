"""The benchmark of the sweep compares what it says it does."""

from ops.bench.sweep import measure_sweep


def test_every_kind_of_difference_is_in_the_generated_listings() -> None:
    found = measure_sweep(20_000)
    assert found.differences == {"missing": 2, "changed": 2, "gone": 2}
    assert found.objects_per_second > 0
