"""Has the C library give freed memory back to the system, which it keeps for itself by default (mallopt(3), glibc).

Threads that read documents each fill an arena of their own, in which what is freed stays: half of what a process with
many threads held after 120 documents.
"""

import ctypes

# Parameters of mallopt: pools of memory that threads share, freed bytes at the end of one that are kept, and the size
# from which an allocation is a mapping of its own. Setting the last two also ends their growth with what was freed.
_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3
_ARENAS, _KEPT_BYTES, _MAPPED_BYTES = 2, 128 << 10, 256 << 10


def return_freed_memory() -> None:
    """Set it for this process, before it starts threads; do nothing where the C library is another one."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    for parameter, value in ((_ARENA_MAX, _ARENAS), (_TRIM_THRESHOLD, _KEPT_BYTES), (_MMAP_THRESHOLD, _MAPPED_BYTES)):
        mallopt(parameter, value)
