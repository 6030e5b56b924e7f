"""Filled gaps: what is allocated next lies together, and nothing that lives is touched."""

import subprocess
import sys

# In a process of its own: what is filled stays taken.
_PROGRAM = """
from workers.sandbox.heap_defragment import fill_gaps

def pages(objects):
    return len({id(item) >> 12 for item in objects})

kept = [bytes([number % 251]) * 200 for number in range(60_000)]
del kept[::7]
before = list(kept)
torn = pages([bytes(200) for _ in range(2_000)])
fill_gaps()
whole = pages([bytes(200) for _ in range(2_000)])
assert kept == before and all(set(item) == {item[0]} for item in kept)
print(torn, whole)
"""


def test_what_is_allocated_after_filling_lies_on_few_pages() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    torn, whole = map(int, done.stdout.split())
    assert whole * 2 < torn
    assert whole < 2_000 * 256 / 4096 * 1.2
