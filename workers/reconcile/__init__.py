"""Bucket and index held against each other: sweep, audit, and work that was lost."""
