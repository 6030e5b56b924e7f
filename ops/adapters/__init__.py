"""Implementations of ``search.http.ports`` on the stores of the system."""
