"""Which pieces of a page are its main text and which are page chrome.

The main text lies in the innermost container that holds nearly all *prose*: text that is no link, ends like a
sentence, and stands under no name or wording of navigation, footer or sharing. Where no container stands out, only
what is surely chrome is called so: a wrong ``chrome`` loses text, a wrong ``body`` is cleaned in normalisation.
"""

import re
from dataclasses import dataclass

from workers.convert.html_walk import Container, Piece, Walk

_TOKEN = re.compile(r"[a-z]+|\d+")
_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_NAMES = frozenset(
    {"nav", "navi", "navbar", "navigation", "menu", "submenu", "foot", "footer", "bottom", "sidebar", "side", "share"}
    | {"bshare", "bdsharebuttonbox", "jiathis", "comment", "comments", "pinglun", "related", "relate", "relation"}
    | {"recommend", "recommended", "hot", "rank", "ranking", "copyright", "banner", "ad", "ads", "adv", "crumb"}
    | {"crumbs", "breadcrumb", "breadcrumbs", "location", "position", "weizhi", "dqwz", "search", "login", "pager"}
    | {"paging", "pagination", "page_nav", "prev", "next", "toolbar", "tools", "qrcode", "ewm", "friendlink", "links"}
    | {"link", "topbar", "header", "siderbar", "xgyd", "xgxw", "hotnews", "tuijian", "newslist", "popup", "dialog"}
)
_MAIN_NAMES = re.compile(
    r"trs_editor|trs_ueditor|ucap-content|vsb_content|\bzoom\b|artibody|article|js_content|endtext|pages_content|"
    r"\bcontent\b|main-?content|news_?content|con_?text|\bzw\b|rwb_zw|p-detail|\bdetail|texts?\b|body"
)
_FOOTER_WORDS = re.compile(
    r"版权所有|ICP备|公网安备|主办单位|承办单位|主办：|承办：|技术支持|网站标识码|Copyright|©|All Rights Reserved|"
    r"违法和不良信息|举报电话|网站地图|未经.{0,8}授权|建议使用.{0,20}浏览|客服热线|上一[篇条页]|下一[篇条页]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。；！？;!?：]|，.*，")
_ENOUGH = 60  # characters of prose below which no container is called the main text


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the main text is.

    Attributes:
        main: Index of the container of the main text; None where none stands out.
        body: For each piece whether it is main text.
    """

    main: int | None
    body: list[bool]


def regions(walk: Walk) -> Regions:
    """Return which pieces are main text."""
    chrome = _chrome_containers(walk.containers)
    prose = [_prose(piece, chrome[piece.container]) for piece in walk.pieces]
    main = _main(walk, prose)
    inside = _descendants(walk.containers, main) if main is not None else [True] * len(walk.containers)
    return Regions(
        main,
        [
            inside[piece.container] and not _is_chrome(piece, chrome[piece.container], walk.containers)
            for piece in walk.pieces
        ],
    )


def _chrome_containers(containers: list[Container]) -> list[bool]:
    chrome: list[bool] = []
    for container in containers:
        parent = container.parent >= 0 and chrome[container.parent]
        chrome.append(parent or container.tag in _CHROME_TAGS or _is_chrome_name(container.name))
    return chrome


def _is_chrome_name(name: str) -> bool:
    return bool(name) and not _MAIN_NAMES.search(name) and not _CHROME_NAMES.isdisjoint(_TOKEN.findall(name))


def _prose(piece: Piece, chrome: bool) -> float:
    """Return how much the piece weighs as running text."""
    own = len(piece.text) - piece.linked
    if chrome or piece.hidden or own < 0.5 * len(piece.text) or _FOOTER_WORDS.search(piece.text):
        return 0.0
    return own * (1.0 if _SENTENCE.search(piece.text) else 0.2)


def _main(walk: Walk, prose: list[float]) -> int | None:
    """Return the innermost container on the way down that keeps hold of most of the prose."""
    weights = [0.0] * len(walk.containers)
    for piece, weight in zip(walk.pieces, prose, strict=True):
        weights[piece.container] += weight
    children: list[list[int]] = [[] for _ in walk.containers]
    for index in range(len(walk.containers) - 1, 0, -1):
        parent = walk.containers[index].parent
        if parent >= 0:
            weights[parent] += weights[index]
            children[parent].append(index)
    if not walk.containers or weights[0] < _ENOUGH:
        return None
    return _descend(walk.containers, weights, children)


def _descend(containers: list[Container], weights: list[float], children: list[list[int]]) -> int:
    at = 0
    while children[at]:
        best = max(children[at], key=lambda index: _pull(containers[index], weights[index]))
        named = bool(_MAIN_NAMES.search(containers[best].name))
        if weights[best] < (0.5 if named else 0.8) * weights[at] or containers[best].tag in _TEXT_TAGS:
            break
        at = best
    return at


_TEXT_TAGS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "tr", "tbody", "dd", "blockquote"})


def _pull(container: Container, weight: float) -> float:
    return weight * (1.5 if _MAIN_NAMES.search(container.name) else 1.0)


def _descendants(containers: list[Container], root: int) -> list[bool]:
    inside = [False] * len(containers)
    inside[root] = True
    for index in range(root + 1, len(containers)):
        parent = containers[index].parent
        inside[index] = parent >= 0 and inside[parent]
    return inside


def _is_chrome(piece: Piece, chrome: bool, containers: list[Container]) -> bool:
    length = len(piece.text)
    if _FOOTER_WORDS.search(piece.text) and length < 120:
        return True
    if piece.linked >= 0.8 * length and containers[piece.container].tag in {"li", "ul", "dd", "dt"}:
        return True
    return chrome and (length < 40 or piece.linked > 0.3 * length)
