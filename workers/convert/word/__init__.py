"""Formats of the Word family, and what they have in common."""
