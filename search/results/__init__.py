"""Search results, presented the same way for every index."""
