"""Measures the whole pipeline on a fixed mix of formats, on the embedded stack or on real servers."""
