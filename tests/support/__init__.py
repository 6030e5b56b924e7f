"""Fakes, builders and scenarios that tests share."""
