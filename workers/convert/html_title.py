"""Where the title of the article stands on the page: often apart from its text, above the publish line."""

import re
import unicodedata

from workers.convert.html_regions import Regions
from workers.convert.html_walk import Piece

_SPACE = re.compile(r"\s+")
_SHORTEST = 4
_LONGEST = 200


def title_pieces(pieces: list[Piece], found: Regions, stated: list[str]) -> frozenset[int]:
    """Return the pieces outside the main text that are the article's title (a line break may part it in several).

    Args:
        pieces: Of the whole page.
        found: Its regions.
        stated: What the page's head says; the title is one of these or part of one.
    """
    known = [_folded(text) for text in stated if len(text) <= _LONGEST]
    matches = [
        index
        for index, piece in enumerate(pieces[: found.prose_starts])
        if not piece.hidden and piece.linked == 0 and _is_title(piece, known)
    ]
    if any(found.body[index] for index in matches):
        return frozenset()
    # The last run before the text: the same words earlier are a breadcrumb or a site's own heading.
    run: list[int] = []
    for index in reversed(matches):
        if run and run[-1] - index != 1:
            break
        run.append(index)
    return frozenset(run)


def _is_title(piece: Piece, known: list[str]) -> bool:
    text = _folded(piece.text)
    return _SHORTEST <= len(text) <= _LONGEST and any(text in title for title in known)


def _folded(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))
