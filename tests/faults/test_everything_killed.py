"""One run of the fault suite: every kind of fault once or more while documents go in; see ``ops.bench.faults``."""

import pytest

from ops.bench.faults.run import run
from ops.bench.faults.servers import killable_servers
from tests.support.servers.session import default_places

SEED, DOCUMENTS = 20261121, 300


@pytest.mark.redis
@pytest.mark.s3
@pytest.mark.elasticsearch
@pytest.mark.timeout(900)  # a few minutes on two cores, more where they are shared
def test_nothing_is_lost_doubled_stale_or_a_phantom_whatever_is_killed(capsys: pytest.CaptureFixture[str]) -> None:
    with killable_servers(default_places()) as trio:
        done = run(trio, SEED, DOCUMENTS, pause=2.0, patience=200.0)
    assert done.verdict.good, f"{done}\n{capsys.readouterr().out}"
    assert len(done.faults) == 11
    assert done.states["indexed"] > DOCUMENTS * 0.9
