"""What of a page's hidden text is its body after all: what a script or a click brings out, and a reader does see.

A saved article waits in a container that a script would have shown; tabs and folded panels hold text of their own
beside the one that is open. A box that pops up (a warning before leaving the site, a form to sign in) is no text of
the page, and what is styled never to be seen stays out always. What stays out is said.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.html.regions import prose_of
from workers.convert.html.walk import Container, Piece, Walk

_POPUP_NAME = re.compile(
    r"popup|pop_|\bpop\b|dialog|modal|\bmask|overlay|toast|\btips?\b|tooltip|alert|layer|qrcode|ewm|weixin|wechat_|login|"
    r"\bnav|menu|share|search|loading|error|comment"
)
_POPUP_WORDS = re.compile(
    r"即将(?:离开|跳转)|是否继续|浏览器|扫一扫|扫描二维码|请登录|验证码|无障碍|暂无|加载中|确定要|请输入|关闭窗口"
)
_ORDINAL = re.compile(r"\d+")
_STATE = re.compile(r"\b(?:active|on|cur(?:rent)?|show|shown|hide|hidden|hid|none|in|fade|selected|open|close[d]?)\b")
_PANEL = re.compile(r"tab|panel?e?l?\b|pane\b|collaps|accordion|fold|spoiler|toggle|more|swiper-slide|unfold")
_MIN_COUNT = 10.0  # characters of prose that make a hidden container worth being shown
_SHOWN = 20
_PROBE, _PROBES = 10, 20  # characters of a stretch that is looked for again, and how many of them


def reveal(walked: Walk) -> None:
    """Take back that text is hidden where it is body: most of the page's prose, or the tab beside the open one."""
    hidden_pieces = [piece for piece in walked.pieces if piece.hidden]
    if not hidden_pieces:
        return
    long = any(len(piece.text) >= 2 * _PROBE for piece in hidden_pieces)
    shown = _squeezed("".join(piece.text for piece in walked.pieces if not piece.hidden)) if long else ""
    weights = [0.0 if _repeats(piece, shown) else _weight(walked, piece) for piece in walked.pieces]
    hidden = sum(weight for weight, piece in zip(weights, walked.pieces, strict=True) if piece.hidden)
    if hidden < _MIN_COUNT:
        return
    if hidden > sum(weights) - hidden:
        _show(walked, (index for index, piece in enumerate(walked.pieces) if piece.hidden))
        return
    for root, inside in _hidden_boxes(walked, weights).items():
        if sum(weights[index] for index in inside) >= _MIN_COUNT and _is_panel(walked.containers, root):
            _show(walked, inside)


def reveal_all(walked: Walk) -> None:
    """Take back that text is hidden of all that can be brought out."""
    _show(walked, range(len(walked.pieces)))


def remarks(walked: Walk) -> Iterator[Problem]:
    """Yield a remark on the hidden prose and hidden runs that are not part of the text; none for menus and labels."""
    texts = [aside.text for aside in walked.asides if any(map(str.isalnum, aside.text))]
    texts += [piece.text for piece in walked.pieces if piece.hidden and prose_of(piece, chrome=False) >= _MIN_COUNT]
    if texts:
        length = sum(map(len, texts))
        first = texts[0][:_SHOWN] + ("…" if len(texts[0]) > _SHOWN else "")
        said = Sentence.of("html-hidden-text", places=len(texts), length=length, first=first)
        yield Problem.of("convert", said)


def _weight(walked: Walk, piece: Piece) -> float:
    if piece.hidden == "always":
        return 0.0
    if not piece.hidden:
        return prose_of(piece, chrome=False)
    if _POPUP_WORDS.search(piece.text) or _inside_popup(walked.containers, piece.container):
        return 0.0
    return prose_of(piece, chrome=False)


def _repeats(piece: Piece, shown: str) -> bool:
    """Return whether a hidden piece repeats what is shown: pages keep a copy to print, to read out or to send."""
    if not piece.hidden or len(piece.text) < 2 * _PROBE:
        return False
    text = _squeezed(piece.text)
    step = max(_PROBE, len(text) // _PROBES)
    probes = [text[start : start + _PROBE] for start in range(0, max(1, len(text) - _PROBE + 1), step)]
    return sum(probe in shown for probe in probes) > len(probes) / 2


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _inside_popup(containers: Sequence[Container], at: int) -> bool:
    while at >= 0 and containers[at].hidden:
        if containers[at].tag in {"dialog", "nav", "footer", "menu"} or _POPUP_NAME.search(containers[at].name):
            return True
        at = containers[at].parent
    return False


def _hidden_boxes(walked: Walk, weights: Sequence[float]) -> dict[int, list[int]]:
    """Return the pieces with hidden prose by the outermost hidden container around them."""
    boxes: dict[int, list[int]] = {}
    for index, piece in enumerate(walked.pieces):
        if piece.hidden != "until_shown":
            continue
        at = piece.container
        while at >= 0 and (outer := walked.containers[at].parent) >= 0 and walked.containers[outer].hidden:
            at = outer
        if at >= 0 and walked.containers[at].hidden:
            boxes.setdefault(at, []).append(index)
    return {root: inside for root, inside in boxes.items() if any(weights[index] for index in inside)}


def _is_panel(containers: Sequence[Container], at: int) -> bool:
    """Return whether a hidden container is one of a row of panels: its name says so, or a shown sibling's does."""
    container = containers[at]
    if _PANEL.search(container.name):
        return True
    name = _kind(container.name)
    siblings = (each for each in containers if each.parent == container.parent and each is not container)
    return bool(name) and any(
        not each.hidden and each.tag == container.tag and _kind(each.name) == name for each in siblings
    )


def _kind(name: str) -> str:
    """Return a name without its number and its state: ``con_2 hide`` and ``con_1 active`` are of one kind."""
    return " ".join(_STATE.sub(" ", _ORDINAL.sub("#", name)).split())


def _show(walked: Walk, indexes: Iterable[int]) -> None:
    for index in indexes:
        piece = walked.pieces[index]
        if piece.hidden != "until_shown":
            continue
        piece.hidden = ""
        at = piece.container
        while at >= 0 and walked.containers[at].hidden == "until_shown":
            walked.containers[at].hidden = ""
            at = walked.containers[at].parent
