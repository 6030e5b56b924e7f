"""The composed system on the real servers."""

from tests.end_to_end.stack import services

__all__ = ["services"]
