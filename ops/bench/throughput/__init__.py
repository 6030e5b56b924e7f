"""Measures the whole system: documents through a running stack."""
