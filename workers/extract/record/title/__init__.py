"""Finds the title of an article among all that could be it, by evidence that adds up."""
