"""The JSON API: searches, documents, uploads, saved searches; pages for people are in ``search.pages``."""
