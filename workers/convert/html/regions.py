"""Which pieces of a page are its main text and which are page chrome.

The main text lies in the innermost container that holds nearly all *prose*: text that is no link, ends like a
sentence, and stands under no name or wording of navigation, footer or sharing. Where no container stands out, only
what is surely chrome is called so: a wrong ``chrome`` loses text, a wrong ``body`` is cleaned in normalisation.
"""

import re
from dataclasses import dataclass

from workers.convert.html.walk import Container, Piece, Walk

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
# Words of site footers. The sure ones stand in no document; the others do, and only outweigh nothing.
# Each alternative begins with a literal, so that Python looks for the first letters of all at once.
_FOOTER_SURE = re.compile(
    r"版权所有|公网安备|网站标识码|©|I(?i:CP备)|i(?i:CP备)|C(?i:opyright)|c(?i:opyright)|A(?i:ll Rights Reserved)|"
    r"a(?i:ll Rights Reserved)"
)
_FOOTER_WORDS = re.compile(
    _FOOTER_SURE.pattern + r"|主办单位|承办单位|主办：|承办：|技术支持|违法和不良信息|举报电话|网站地图|客服热线|"
    r"建议使用.{0,20}浏览"
)
_NEIGHBOUR = re.compile(r"\W*[上下]一[篇条页]\s*[:：>]")
_SENTENCE = re.compile(r"[。；！？;!?：]|，.*，")
_RUNNING = re.compile(r"[。；！？]|，.*，")
_ATTACHMENT = re.compile(r"附件|附表|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)\b", re.IGNORECASE)
_LIST = 3  # links in a row that make a list of links
_TAIL = re.compile(
    r"[【\[·■]?\s*(?:相关(?:新闻|报道|阅读|文章|推荐|专题|评论|内容|信息)|延伸阅读|推荐阅读|热门(?:推荐|新闻|文章|评论)|猜你喜欢|"
    r"网友评论|发表评论|我要评论|最新评论|精彩推荐|今日推荐|发送给朋友|更多精彩|返回页首)"
)
_ENOUGH = 60  # characters of prose below which no container is called the main text


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the main text is.

    Attributes:
        main: Index of the container of the main text; None if none stands out.
        body: For each piece whether it is main text.
        prose_starts: Index of the first piece of running text in it; the number of pieces where there is none.
    """

    main: int | None
    body: list[bool]
    prose_starts: int


def regions(walk: Walk) -> Regions:
    """Return which pieces are main text."""
    chrome = _chrome_containers(walk.containers)
    prose = [0.0 if piece.hidden else prose_of(piece, chrome=chrome[piece.container]) for piece in walk.pieces]
    main = _main(walk, prose)
    inside = _descendants(walk.containers, main) if main is not None else [True] * len(walk.containers)
    body = [
        inside[piece.container] and not piece.hidden and not _is_chrome(piece, chrome[piece.container], walk.containers)
        for piece in walk.pieces
    ]
    _drop_link_lists(walk.pieces, body)
    _drop_tail(walk.pieces, body, prose)
    starts = (index for index, piece in enumerate(walk.pieces) if body[index] and prose[index] and _is_running(piece))
    return Regions(main, body, next(starts, len(walk.pieces)))


def _is_running(piece: Piece) -> bool:
    return len(piece.text) >= 60 or (len(piece.text) >= 18 and _RUNNING.search(piece.text) is not None)


def _drop_link_lists(pieces: list[Piece], body: list[bool]) -> None:
    """Take runs of links out of the main text: related articles and the like. Files linked to stay.

    A main text that is links throughout is the list it is about.
    """
    runs: list[list[int]] = [[]]
    for index, piece in enumerate(pieces):
        if body[index] and piece.linked >= 0.5 * len(piece.text) and not _ATTACHMENT.search(piece.text):
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    listed = [index for run in runs if len(run) >= _LIST for index in run]
    if len(listed) < sum(body):
        for index in listed:
            body[index] = False


def _drop_tail(pieces: list[Piece], body: list[bool], prose: list[float]) -> None:
    """Take what follows a heading of related articles or comments, where little prose follows it."""
    after = 0.0
    total = sum(weight for weight, wanted in zip(prose, body, strict=True) if wanted)
    cut = None
    for index in range(len(pieces) - 1, -1, -1):
        if not body[index]:
            continue
        if len(pieces[index].text) < 12 and _TAIL.match(pieces[index].text) and after < 0.25 * total:
            cut = index
        after += prose[index]
    if cut is not None:
        for index in range(cut, len(pieces)):
            body[index] = False


def _chrome_containers(containers: list[Container]) -> list[bool]:
    chrome: list[bool] = []
    for container in containers:
        parent = container.parent >= 0 and chrome[container.parent]
        chrome.append(parent or container.tag in _CHROME_TAGS or _is_chrome_name(container.name))
    return chrome


def _is_chrome_name(name: str) -> bool:
    return bool(name) and not _MAIN_NAMES.search(name) and not _CHROME_NAMES.isdisjoint(_TOKEN.findall(name))


def prose_of(piece: Piece, *, chrome: bool) -> float:
    """Return how much the piece weighs as running text, seen or not."""
    own = len(piece.text) - piece.linked
    if chrome or own < 0.5 * len(piece.text) or _FOOTER_WORDS.search(piece.text) or _NEIGHBOUR.match(piece.text):
        return 0.0
    return own * (1.0 if _SENTENCE.search(piece.text) else 0.2)


def _main(walk: Walk, prose: list[float]) -> int | None:
    """Return the container that best separates the prose of the page from everything else.

    Measured as retrieval is: recall is the share of the page's prose inside, precision the share of prose inside.
    """
    containers = walk.containers
    weights, lengths = [0.0] * len(containers), [0.0] * len(containers)
    for piece, weight in zip(walk.pieces, prose, strict=True):
        weights[piece.container] += weight
        lengths[piece.container] += 0 if piece.hidden else len(piece.text)
    for index in range(len(containers) - 1, 0, -1):
        parent = containers[index].parent
        if parent >= 0:
            weights[parent] += weights[index]
            lengths[parent] += lengths[index]
    if not containers or weights[0] < _ENOUGH:
        return None
    candidates = [at for at, box in enumerate(containers) if weights[at] and box.tag not in _TEXT_TAGS]
    return max(
        candidates,
        key=lambda index: (_separation(containers[index], weights[index], lengths[index], weights[0]), index),
    )


def _separation(container: Container, weight: float, length: float, total: float) -> float:
    if not weight:
        return 0.0
    recall, precision = weight / total, weight / length
    named = 1.1 if _MAIN_NAMES.search(container.name) else 1.0
    return named * (1 + _BETA) * precision * recall / (_BETA * precision + recall)


_BETA = 0.7  # how much more a lost piece of prose counts than a piece of chrome let in
_TEXT_TAGS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "tr", "tbody", "dd", "blockquote"})


def _descendants(containers: list[Container], root: int) -> list[bool]:
    inside = [False] * len(containers)
    inside[root] = True
    for index in range(root + 1, len(containers)):
        parent = containers[index].parent
        inside[index] = parent >= 0 and inside[parent]
    return inside


def _is_chrome(piece: Piece, chrome: bool, containers: list[Container]) -> bool:
    length = len(piece.text)
    if length < 120 and (_FOOTER_SURE.search(piece.text) or _NEIGHBOUR.match(piece.text)):
        return True
    if piece.linked >= 0.8 * length and containers[piece.container].tag in {"li", "ul", "dd", "dt"}:
        return True
    return chrome and (length < 40 or piece.linked > 0.3 * length)
