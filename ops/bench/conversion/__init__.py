"""Conversion measured by format, on files made for the run."""
