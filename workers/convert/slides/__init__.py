"""Presentations, binary and as packages."""
