"""The HTTP interface: JSON for programs; the pages for people are in ``search.pages``. It reads and never writes."""
