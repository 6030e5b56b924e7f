"""Saved searches run on what is new, and their owners notified."""
