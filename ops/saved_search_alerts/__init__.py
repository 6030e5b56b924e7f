"""Runs saved searches on new documents and notifies their owners."""
