"""Measures conversion by format, on generated files."""
