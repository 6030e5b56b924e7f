"""What a thread freed is the system's again; in a process of its own, for what is set stays set."""

import subprocess
import sys

FREED = """
import threading
from pathlib import Path
from workers.runtime.heap import return_freed_memory

return_freed_memory()


def held() -> int:
    return int(Path("/proc/self/smaps_rollup").read_text().split("Anonymous:")[1].split()[0]) >> 10


before = held()
filled, kept = threading.Barrier(5), threading.Event()


def fill() -> None:
    blocks = [b"x" * 100_000 for _ in range(300)]
    filled.wait()
    blocks.clear()
    filled.wait()
    kept.wait()


threads = [threading.Thread(target=fill) for _ in range(4)]
for thread in threads:
    thread.start()
filled.wait()
most = held() - before
filled.wait()
least = held() - before
kept.set()
print(most, least)
"""


def test_memory_that_threads_freed_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    most, least = map(int, done.stdout.split())
    assert most > 50
    assert least < most / 3
