"""Where the title of the article stands on the page: often apart from its text, above the publish line."""

import re
import unicodedata

from workers.convert.html.regions import Regions
from workers.convert.html.walk import Piece

_SPACE = re.compile(r"\s+")
_MIN_LENGTH = 4
_MAX_LENGTH = 200
_MAX_ALONE_LENGTH = 60
_MIN_HAN = 8
_HAN = re.compile("[\u4e00-\u9fff]")
_NO_TITLE = re.compile(
    r"[。；;:|｜>＞»→【】\[\]]|[12]\d{3}[-/.年]\d|：\s*$|首页|位置|欢迎|登录|注册|搜索|字体|字号|分享|版权|投票"
)


def title_pieces(pieces: list[Piece], found: Regions, stated: list[str], used: set[int]) -> frozenset[int]:
    """Return the pieces outside the main text that are the article's title (a line break may part it in several).

    Args:
        pieces: Of the whole page.
        found: Its regions.
        stated: What the page's head says; the title is one of these or part of one, unless none stands on the page.
        used: Pieces that clues were read from.
    """
    known = [_fold(text) for text in stated if len(text) <= _MAX_LENGTH]
    matches = [
        index
        for index, piece in enumerate(pieces[: found.prose_starts])
        if not piece.hidden and piece.linked == 0 and _is_title(piece, known)
    ]
    if any(found.body[index] for index in matches):
        return frozenset()
    if not matches:
        return _line_above(pieces, found, used)
    # The last run before the text: the same words earlier are a breadcrumb or a site's own heading.
    run: list[int] = []
    for index in reversed(matches):
        if run and run[-1] - index != 1:
            break
        run.append(index)
    return frozenset(run)


def _line_above(pieces: list[Piece], found: Regions, used: set[int]) -> frozenset[int]:
    """Return the line straight above a main text that begins with a sentence: its head names only the site."""
    first = next((index for index, main in enumerate(found.body) if main and index not in used), 0)
    above = next((index for index in range(first - 1, -1, -1) if index not in used and not pieces[index].hidden), None)
    if above is None or "。" not in pieces[first].text:
        return frozenset()
    piece = pieces[above]
    alone = piece.linked == 0 and len(piece.text) <= _MAX_ALONE_LENGTH and not _NO_TITLE.search(piece.text)
    return frozenset({above} if alone and len(_HAN.findall(piece.text)) >= _MIN_HAN else ())


def _is_title(piece: Piece, known: list[str]) -> bool:
    text = _fold(piece.text)
    return _MIN_LENGTH <= len(text) <= _MAX_LENGTH and any(text in title for title in known)


def _fold(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))
