"""Every index answers the same assertions."""

from tests.support.indexes import address, index

__all__ = ["address", "index"]
