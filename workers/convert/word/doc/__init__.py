"""Word 97 to 2003 documents (doc, dot, and the wps and wpt files that are the same inside) to blocks.

Our own reader of [MS-DOC]: converters lose automatic numbers or take ten seconds for 200 pages. ``reader.py`` is the
way through. Word 6 and 95, whose files have another layout, are in ``old.py``.
"""

from workers.convert.word.doc.reader import read

__all__ = ["read"]
