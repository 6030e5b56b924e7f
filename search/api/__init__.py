"""The HTTP interface: JSON for programs; the pages for people are in ``search.pages``. It reads and never writes."""

from search.api.application import create_app

__all__ = ["create_app"]
