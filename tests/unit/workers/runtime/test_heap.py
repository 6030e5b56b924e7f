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


large = b"x" * 20_000_000
del large  # from here on the library would keep all that is smaller
before = held()
turn, kept = threading.Barrier(17), threading.Event()


def fill() -> None:
    blocks = [b"x" * 400_000 for _ in range(20)]
    turn.wait()
    turn.wait()
    blocks.clear()
    turn.wait()
    kept.wait()


threads = [threading.Thread(target=fill) for _ in range(16)]
for thread in threads:
    thread.start()
turn.wait()
most = held() - before
turn.wait()
turn.wait()
least = held() - before
kept.set()
print(most, least)
"""


def test_memory_that_threads_freed_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    most, least = map(int, done.stdout.split())
    assert most > 50
    assert least < most / 3
