"""Parsing and ranking of queries, the same for every index."""
