"""The margin of a letter that is to be bound, where a converter read its dashed line and 裝・訂・線 as text.

Letters of Taiwan's offices (函) have it printed down the left side: 「| 主旨：有關…」, 「裝 發文字號：…」, and lines of
nothing but a stroke (行政院文書處理手冊, 公文紙格式).
"""

from collections import defaultdict

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

RULE = "binding_margin"
_STROKES = "|｜︱│┃┆┊"
_STROKE = lazy_compile(rf"\s*[{_STROKES}]\s*")
_LETTER = lazy_compile(r"\s*([装订线])(?:\s+|$)")
_MIN_COUNT, _SHARE = 6, 0.4


def remove_binding_margin(draft: Draft) -> Draft:
    """Take out strokes and letters of a binding margin, on pages of which most lines begin with a stroke."""
    text = draft.text
    if not any(stroke in text for stroke in _STROKES):  # as in most documents
        return draft
    pages: dict[int | None, list[DraftLine]] = defaultdict(list)
    for line in draft.lines:
        if line.kind == "paragraph":
            pages[line.page].append(line)
    bound = {page: _has_letters(lines) for page, lines in pages.items() if _is_bound(lines)}
    if not bound:
        return draft
    cuts = {
        index: _cuts(line.text, letters=bound[line.page])
        for index, line in enumerate(draft.lines)
        if line.kind == "paragraph" and line.page in bound
    }
    empty = {index for index, found in cuts.items() if _is_all(draft.lines[index].text, found)}
    kept = draft.cut([() if index in empty else cuts.get(index, ()) for index in range(len(draft.lines))])
    return kept.drop(dict.fromkeys(empty, RULE))


def _is_bound(lines: list[DraftLine]) -> bool:
    strokes = sum(line.text.lstrip()[:1] in _STROKES for line in lines if line.text.strip())
    return strokes >= max(_MIN_COUNT, _SHARE * len(lines))


def _has_letters(lines: list[DraftLine]) -> bool:
    return {match[1] for line in lines if (match := _LETTER.match(line.text))} == set("装订线")


def _cuts(text: str, *, letters: bool) -> list[Cut]:
    found = [Cut(match.start(), match.end(), RULE) for match in _STROKE.finditer(text)]
    letter = _LETTER.match(text) if letters else None
    return [Cut(0, letter.end(), RULE), *(cut for cut in found if cut.start >= letter.end())] if letter else found


def _is_all(text: str, cuts: list[Cut]) -> bool:
    return bool(text) and sum(cut.end - cut.start for cut in cuts) == len(text)
