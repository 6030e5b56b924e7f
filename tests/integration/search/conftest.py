"""A library of a few documents behind the HTTP application."""

from tests.support.library_fixtures import address, first, index, world

__all__ = ["address", "first", "index", "world"]
