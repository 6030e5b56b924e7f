"""Rich Text Format to blocks (Microsoft's specification 1.9.1), by a reader of our own.

``reader.py`` is the way through. Numbers come from the ``listtext`` every writer puts before a numbered paragraph.
"""

from workers.convert.word.rtf.reader import read

__all__ = ["read"]
