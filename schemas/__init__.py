"""The data types shared by all packages: events, documents, sections, outcomes, errors.

This package must not import another package of this application; all others may import it.
Its terms are explained in ``glossary.py``.
"""
