"""Measures search: speed and relevance."""
