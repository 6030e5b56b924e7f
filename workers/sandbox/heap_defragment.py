"""Fills the gaps in the fork server's heap, so that a child's allocations lie together on pages of its own.

A child copies each of the server's pages it writes to, and its allocations would fill gaps on hundreds of them.
Only speed depends on this: on another allocator it does nothing.
"""

import ctypes
from typing import Any

_libc = ctypes.CDLL(None)

# CPython hands out up to 512 bytes from pools of one size each (Objects/obmalloc.c: 16 KiB less a header, since 3.10).
_MAX_SIZE, _STEP, _POOL_BYTES = 512, 16, (16 << 10) - 48
_MAX_COUNT = 100_000  # of one size; a heap more fragmented than this is left as it is
_MAX_GAP_SIZE, _MIN_GAP_SIZE = 64 << 10, 32

_COUNTS = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks")


class _Usage(ctypes.Structure):
    """``struct mallinfo2`` of the GNU C library, 2.33 or newer."""

    _fields_ = [(name, ctypes.c_size_t) for name in (*_COUNTS, "fordblks", "keepcost")]


def fill_gaps() -> None:
    """Allocate, for good, all free memory except untouched pages and the end of the heap."""
    allocate = ctypes.pythonapi.PyObject_Malloc
    allocate.restype, allocate.argtypes = ctypes.c_void_p, (ctypes.c_size_t,)
    for size in range(_STEP, _MAX_SIZE + 1, _STEP):
        _fill_pools(allocate, size)
    if hasattr(_libc, "mallinfo2"):
        _fill_heap()


def _fill_pools(allocate: Any, size: int) -> None:
    """Allocate until two consecutive pools were filled from their start: then no other pool has room."""
    full = 2 * (_POOL_BYTES // size)
    run, before = 0, 0
    for _ in range(_MAX_COUNT):
        place = allocate(size)
        run = run + 1 if place == before + size or run == full // 2 else 1
        before = place
        if run >= full:
            return


def _fill_heap() -> None:
    _libc.mallinfo2.restype = _Usage
    _libc.malloc.restype, _libc.malloc.argtypes = ctypes.c_void_p, (ctypes.c_size_t,)
    _libc.free.argtypes = (ctypes.c_void_p,)
    size = _MAX_GAP_SIZE
    while size >= _MIN_GAP_SIZE:
        if not _fill_gap(size):
            size = size * 3 // 4 // _STEP * _STEP


def _fill_gap(size: int) -> bool:
    """Return whether a gap of ``size`` was found and taken."""
    before = _libc.mallinfo2()
    if before.fordblks - before.keepcost < size:
        return False
    place = _libc.malloc(size)
    after = _libc.mallinfo2()
    if after.keepcost == before.keepcost and after.arena == before.arena:
        return True
    _libc.free(place)  # it came from the end of the heap
    return False
