"""What a comparison of turns says, and a small one on the real servers."""

import pytest

from ops.bench.throughput.telemetry import Share, Telemetry, measure_telemetry, share
from tests.support.app_processes import Services

SPANS_A_DOCUMENT = 5  # convert, normalize, extract, index, and the whole
FIRST = 1  # sent until every process is there


def test_the_estimate_is_not_moved_by_a_turn_that_went_wrong() -> None:
    found = share([0.01, 0.02, 0.03, 0.02, 0.01, 0.03, 0.9])
    assert found.estimate == pytest.approx(0.02, abs=0.005)
    assert found.low <= found.estimate <= found.high < 0.9


@pytest.mark.parametrize(("number", "outside"), [(1, 0), (3, 0), (10, 8), (40, 264)])
def test_the_interval_is_that_of_the_signed_ranks(number: int, outside: int) -> None:
    """Wilcoxon's critical values for 5 %, two-sided: 8 of 10 pairs, 264 of 40."""
    values = [float(2**n) for n in range(number)]
    means = sorted((a + b) / 2 for place, a in enumerate(values) for b in values[place:])
    assert (share(values).low, share(values).high) == (means[outside], means[-1 - outside])


@pytest.mark.parametrize(("lost", "met"), [(-0.01, True), (0.02, True), (0.03, False)])
def test_the_floor_is_judged_by_the_estimate(lost: float, met: bool) -> None:
    found = Telemetry(1, (1.0,), (1.0,), Share(lost, -1.0, 1.0), {"a": 51.0, "b": 1.0}, {"a": 49.0, "b": 1.0}, 0, 0)
    assert found.met == met
    assert found.cpu_added == pytest.approx(0.04)


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
def test_all_spans_are_collected_even_those_of_processes_that_end(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")  # milliseconds: nothing is sent before the end
    told: list[None] = []
    found = measure_telemetry(services.variables, 6, pairs=2, together=1, warm_up=4, tell=lambda: told.append(None))
    assert len(told) == len(found.on) + len(found.off) == 4
    assert all(rate > 0 for rate in (*found.on, *found.off))
    assert found.spans == SPANS_A_DOCUMENT * (FIRST + 4 + 2 * 6 + 6)
    assert set(found.cpu_on) == set(found.cpu_off) > {"documents worker", "index worker", "intake"}
    assert found.cpu_on["documents worker"] > 0
