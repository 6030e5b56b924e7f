"""The line that says where on its site a page is: 「您当前的位置: 首页>政府信息公开」; a clue, then removed."""

from schemas.blocks import Clue
from workers.normalize.chrome.zones import body_of
from workers.normalize.draft.sheet import Draft
from workers.runtime.lazy_regex import lazy_compile

_HERE = lazy_compile(
    r"(?:[您你]?(?:现在|当前|目前)?所?在?的?(?:所在)?(?:当前)?位置|(?:当前|所在)地址|当前栏目|当前页面)"
    r"(?:是|为)?[ :：>»]{1,3}"
)
_ARROW = lazy_compile(r" ?(?:>{1,2}|》|»|›|→|＞{1,2}|-->|/|\||::|·) ?")
_SURE_ARROW = lazy_compile(r">|»|›|＞|→")
_HOME = lazy_compile(r"(?:网站|本站|返回|政府网站?)?(?:首页|主页)|[Hh]ome|首 页")
_SENTENCE = lazy_compile("[。；;！!？?]")
_MAX_LENGTH = 150
_MAX_STEP_LENGTH = 30


def take_breadcrumb(draft: Draft) -> Draft:
    """Read breadcrumbs and take them out.

    「您當前的位置: 首頁>政府信息公開>…」 is known by its words; 「 > 政务公开 > 政务公开年报」 must have its arrows
    and stand above the text. A 「》」 counts as an arrow only after the words that announce it.
    """
    body = body_of(draft)
    rules: dict[int, str] = {}
    clues: list[Clue] = []
    for index, line in enumerate(draft.lines):
        if line.kind == "paragraph" and (steps := read_breadcrumb(line.text, above=body.above(index))):
            rules[index] = "breadcrumb"
            clues.append(Clue("breadcrumb", ">".join(steps), "breadcrumb"))
    return draft.drop(rules).hint(clues)


def read_breadcrumb(text: str, *, above: bool) -> list[str]:
    """Return the steps of a breadcrumb, or nothing if the line is none; ``above``: it stands above the text."""
    if len(text) > _MAX_LENGTH or _SENTENCE.search(text) or "<" in text:
        return []
    here = _HERE.match(text)
    rest = text[here.end() :] if here else text
    if not here and not ((above or _HOME.match(text)) and _SURE_ARROW.search(text)):
        return []
    steps = [step.strip() for step in (_ARROW if here else _SURE_ARROW).split(rest) if step.strip()]
    if not here and (len(steps) < 2 or (not _HOME.match(text) and len(_SURE_ARROW.findall(text)) < 2)):
        return []
    return steps if steps and max(map(len, steps)) <= (_MAX_LENGTH if here else _MAX_STEP_LENGTH) else []
