"""Word documents (docx, docm, dotx; strict and transitional) to blocks, automatic numbers included.

``reader.py`` is the way through; no library is asked for the text because every one of them loses what Word generates.
"""

from workers.convert.word.docx.reader import read

__all__ = ["read"]
