"""OFD, the Chinese office document format with fixed layout (GB/T 33190), to blocks.

``reader.py`` is the way through. Pages become the same segments a PDF page becomes, and go the same way from there:
reading order, whole paragraphs, tables and running heads are decided in the modules ``pdf_*``.
"""

from workers.convert.ofd.reader import read

__all__ = ["read"]
