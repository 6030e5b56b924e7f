"""Small documents of our own, read once by the fork server, so that its children inherit what a first reading builds.

Imports, compiled patterns, codecs and tables took longer than most documents: half of a text's CPU time, a third of a
page's, a fifth of a Word file's. Nothing here comes from outside.
"""

import tempfile
from contextlib import suppress
from pathlib import Path

from workers.convert.registry import READERS, convert, reader_of

FOLDER = Path(__file__).with_name("samples")

SAMPLES: dict[str, tuple[str, ...]] = {
    "txt": ("utf-8.txt", "gb18030.txt"),
    "html": ("utf-8.html", "gb2312.html"),
    "docx": ("word.docx",),
    "doc": ("word.doc",),
    "pdf": ("text.pdf",),
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
        reader_of(format_)
        for name in SAMPLES.get(format_, ()):
            with tempfile.TemporaryDirectory(dir=folder) as workdir:
                convert(FOLDER / name, hint=format_, workdir=Path(workdir))
