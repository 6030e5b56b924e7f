"""What travels between the parts: events, documents, sections, outcomes, errors.

Nothing here imports another package of this application; everything else may import this.
The words used are explained once, in ``glossary.py``.
"""
