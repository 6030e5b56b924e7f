"""Cover what is masked on the picture of a page: in its pixels, so that nothing of it travels to a reader."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw

from schemas.drawings import Box, Run, Secret
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category

COVERED = "covered"
_BLACK = (0, 0, 0)
_STAR = "*"
# A letter may stand out of its box; by this part of the box's height the cover is larger on every side.
_PAD = 0.15

Place = tuple[int, int]  # of a character: its run, and its offset there


def cover_secrets(image: Image.Image, runs: Sequence[Run], secrets: Sequence[Secret], *, page: int) -> tuple[Run, ...]:
    """Paint black over every place of the secrets in a picture; return the runs with stars there.

    Args:
        image: The page, RGB; changed.
        runs: Its visible text, with boxes in pixels.
        secrets: What must not be seen.
        page: 1-based, for the error.

    Raises:
        DocumentError: One of them is not found in the runs as often as it stands on the page.
    """
    covered = frozenset(_places(runs, secrets, page))
    brush = ImageDraw.Draw(image)
    for run, offset in covered:
        brush.rectangle(_padded(runs[run].boxes[offset]), fill=_BLACK)
    return tuple(_starred(runs, covered))


def refuse_uncovered(page: int) -> DocumentError:
    """Return the error for a page on which not all that is masked was found."""
    return DocumentError(Category.UNSUPPORTED, Sentence.of("drawn-masked-place", page=page), page=page)


def _places(runs: Sequence[Run], secrets: Sequence[Secret], page: int) -> Iterator[Place]:
    signs = [
        (sign, (number, offset))
        for number, run in enumerate(runs)
        for offset, letter in enumerate(run.text[: len(run.boxes)])
        for sign in _plain(letter)
    ]
    text = "".join(sign for sign, _ in signs)
    for secret in secrets:
        wanted = _plain(secret.text)
        starts = list(_find_all(text, wanted))
        if not wanted or len(starts) < secret.times:
            raise refuse_uncovered(page)
        first, last = len(_plain(secret.text[: secret.start])), len(_plain(secret.text[: secret.end]))
        for start in starts:
            yield from (place for _, place in signs[start + first : start + last])


def _find_all(text: str, wanted: str) -> Iterator[int]:
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        yield start
        start = text.find(wanted, start + 1)


def _plain(text: str) -> str:
    """Return a text as it is compared: half-width, upper case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _padded(box: Box) -> Box:
    left, top, right, bottom = box
    pad = max(1.0, _PAD * (bottom - top))
    return left - pad, top - pad, right + pad, bottom + pad


def _starred(runs: Sequence[Run], covered: frozenset[Place]) -> Iterator[Run]:
    touched = Counter(run for run, _ in covered)
    for number, run in enumerate(runs):
        letters = [_STAR if (number, offset) in covered else letter for offset, letter in enumerate(run.text)]
        yield replace(run, text="".join(letters)) if touched[number] else run
