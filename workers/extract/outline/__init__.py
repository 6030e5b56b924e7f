"""The sections of an article."""
