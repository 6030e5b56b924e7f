"""The composed system on the real servers."""

from tests.support.app_processes import services

__all__ = ["services"]
