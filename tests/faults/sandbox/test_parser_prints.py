"""What a parser prints is neither kept in full nor seen by whoever runs the worker."""

import pytest

from tests.support.sandbox_faults import Faults


def test_a_flood_of_output_is_swallowed(faults: Faults, capfd: pytest.CaptureFixture[str]) -> None:
    conversion = faults.convert("prints")
    assert conversion.converted.blocks[0].text == "printed"
    assert len(conversion.data) < 1_000
    faults.check_fine()
    assert capfd.readouterr() == ("", "")
