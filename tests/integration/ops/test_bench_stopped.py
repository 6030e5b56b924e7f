"""A measurement that is ended early leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil


def test_a_bench_that_is_terminated_ends_its_processes_and_removes_its_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ops.cli", "bench", "--count", "500"]
    bench = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(tmp_path)}, stderr=subprocess.DEVNULL)
    try:
        started = _wait_for_children(bench.pid)
        bench.send_signal(signal.SIGTERM)
        assert bench.wait(180) != 0
    finally:
        bench.kill()
    assert not psutil.wait_procs(started, timeout=180)[1]
    assert list(tmp_path.iterdir()) == []


def _wait_for_children(pid: int) -> list[psutil.Process]:
    deadline = time.monotonic() + 180
    while not (found := psutil.Process(pid).children(recursive=True)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found
