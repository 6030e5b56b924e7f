"""Presentations (pptx, pptm, ppsx, and dps of WPS in that container) to blocks, slide by slide.

``reader.py`` is the way through.
"""

from workers.convert.slides.pptx.reader import read

__all__ = ["read"]
