"""A command that is told to stop ends as if it had finished, wherever it is interrupted."""

import subprocess
import sys

SCRIPT = """
from contextlib import suppress
from ops.processes.signals import stoppable

def main():
    with suppress(KeyboardInterrupt), stoppable():
        {interrupted}
        raise AssertionError("it went on")

main()
"""
RAISE = "import signal; signal.raise_signal(signal.SIGTERM)"


def code_of(interrupted: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT.format(interrupted=interrupted)], timeout=60, check=False
    ).returncode


def test_in_its_own_code() -> None:
    assert code_of(RAISE) == 0


def test_in_code_made_from_a_string_as_data_classes_are() -> None:
    assert code_of(f"exec({RAISE!r})") == 0
