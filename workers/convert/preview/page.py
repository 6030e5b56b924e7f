"""Draw one page of a file; runs inside the sandbox, in fork servers that draw and never read.

They are apart from those that read, because a reader has PDFium take a stand-in for every Chinese font.
"""

from collections.abc import Callable
from pathlib import Path

from schemas.drawings import DrawnPage, Secret, pack
from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.detect.signature import sniff
from workers.convert.preview import ofd_page, pdf_page, picture
from workers.convert.source import Source

MAX_PICTURE_BYTES = 6_000_000

DRAWERS: dict[str, Callable[[Source, int], DrawnPage]] = {
    "pdf": pdf_page.draw,
    "ofd": ofd_page.draw,
    "png": picture.draw,
    "jpg": picture.draw,
    "tif": picture.draw,
    "gif": picture.draw,
}


def draw_page(
    path: Path,
    *,
    hint: str,
    workdir: Path,
    passwords: tuple[str, ...],
    limits: Limits,
    page: int,
    secrets: tuple[Secret, ...] | None = None,
) -> bytes:
    """Return one page of a file as ``schemas.drawings.pack`` writes it.

    Args:
        path: The file.
        hint: Suffix of its name, lower case, without the dot.
        workdir: An empty folder.
        passwords: Tried in turn on encrypted files.
        limits: Resource limits.
        page: 1-based.
        secrets: What stands on the page and is masked; None where nothing in the document is.

    Raises:
        DocumentError: Its format has no pages, it has no such page, the page cannot be drawn as it is, or not all of
            the secrets can be covered.
    """
    format_ = sniff(path, hint=hint)
    if format_ not in DRAWERS:
        raise DocumentError(Category.UNSUPPORTED, Sentence.of("drawn-format", format=format_))
    source = Source(path, format_, hint, workdir, passwords, limits, scans=False)
    if secrets is None:
        drawn = DRAWERS[format_](source, page)
    elif format_ == "pdf":
        drawn = pdf_page.draw(source, page, secrets)
    else:
        raise DocumentError(Category.UNSUPPORTED, Sentence.of("drawn-masked-format", format=format_))
    if len(drawn.picture) > MAX_PICTURE_BYTES:
        raise DocumentError(Category.TOO_LARGE, Sentence.of("drawn-too-large", page=page))
    return pack(drawn)
