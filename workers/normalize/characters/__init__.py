"""Repairs of characters: invisible, misread, lost, or of the other script."""
