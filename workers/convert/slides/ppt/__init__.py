"""Binary presentations (ppt, pps, and dps of WPS in that container) to blocks, slide by slide ([MS-PPT]).

``reader.py`` is the way through. Text only: no tables, which the format draws from boxes, and no automatic numbers.
"""

from workers.convert.slides.ppt.reader import read

__all__ = ["read"]
