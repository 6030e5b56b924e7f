"""OpenDocument text (odt, ott) to blocks, automatic numbers included (ODF 1.3, OASIS).

``reader.py`` is the way through.
"""

from workers.convert.word.odt.reader import read

__all__ = ["read"]
