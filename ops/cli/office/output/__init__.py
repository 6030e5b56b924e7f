"""Commands that write documents out: gazette, metadata, reprint."""
