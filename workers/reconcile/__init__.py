"""Comparison of bucket and index: sweep, audit, and recovery of lost work."""
