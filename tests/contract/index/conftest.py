"""Every index answers the same assertions."""

from tests.indexes import address, index

__all__ = ["address", "index"]
