"""Measures the whole line on documents of the fixed mix of formats, on the embedded stack or on real servers."""
