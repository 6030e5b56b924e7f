"""Small documents of our own, read once by the fork server, so that its children inherit what a first reading builds.

Imports, compiled patterns, codecs and tables took longer than most documents: half of a text's CPU time, a third of a
page's, a fifth of a Word file's. Nothing here comes from outside.
"""

import codecs
import tempfile
from contextlib import suppress
from pathlib import Path

from workers.convert.registry import READERS, convert, reader_of

FOLDER = Path(__file__).with_name("samples")

# Python looks through its whole path for a codec nobody asked for before: 2 ms for the name of a zip's first member.
CODECS = (
    *("cp437", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "iso-8859-1"),
    *("gb2312", "gbk", "cp936", "gb18030", "big5", "big5hkscs", "cp950", "ascii"),
)

SAMPLES: dict[str, tuple[str, ...]] = {
    "txt": ("utf-8.txt", "gb18030.txt"),
    "html": ("utf-8.html", "gb2312.html"),
    "docx": ("word.docx",),
    "doc": ("word.doc",),
    "pdf": ("text.pdf",),
    "ofd": ("text.ofd",),
    "rtf": ("text.rtf",),
    "odt": ("text.odt",),
    "xlsx": ("table.xlsx",),
    "pptx": ("slides.pptx",),
}


def warm(format_: str, folder: str) -> None:
    """Import the reader of a format and read its samples, where it has any.

    Args:
        format_: A key of ``READERS``; anything else is passed over.
        folder: Where temporary folders may be made.

    Whatever goes wrong here goes wrong again in each document that needs the reader, and is recorded there.
    """
    if format_ not in READERS:
        return
    # Any error at all: raised from here, it would cost the documents of every other format too.
    with suppress(Exception):
        for name in CODECS:
            codecs.lookup(name)
        reader_of(format_)
        for name in SAMPLES.get(format_, ()):
            with tempfile.TemporaryDirectory(dir=folder) as workdir:
                convert(FOLDER / name, hint=format_, workdir=Path(workdir))
