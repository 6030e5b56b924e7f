"""Runs conversions in child processes with limits; a parser may die in any way without harm to the worker."""
