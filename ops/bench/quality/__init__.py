"""Scores what extraction makes of documents whose right values are known, and learns from such documents."""
