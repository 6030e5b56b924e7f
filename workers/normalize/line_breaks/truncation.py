"""Detects text that stops in the middle: it is flagged, marked and reported, never completed."""

from dataclasses import replace

from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.normalize.chrome.document_site import FLAG as SITE
from workers.normalize.draft.sheet import Draft, DraftLine, Mark
from workers.runtime.lazy_regex import lazy_compile

FLAG = "truncated"
_ENDS = lazy_compile(r"[。！？!?；;：:…”’」』）)】》.]$")
_CANNOT_END = lazy_compile(
    "[、，,（(《“‘〈〔]$|\ufffd$|(?:以及|和|与|或|及|的|把|被|将|对|为|向|由|从|在|关于|根据|按照)$"
)
_PREVIEW = lazy_compile("VIP|付费|查看更多|阅读全文|展开全文|剩余\\d+页")
_PROSE = lazy_compile("[。；，,]")
_SIGNED = lazy_compile(r"日$|局$|委$|会$|办公室$|政府$|厅$|部$|院$|中心$|公司$")
_LONG = 60
_TAIL = 20  # length that contains every match of _CANNOT_END
_NEAR = 30  # characters from the end within which an open bracket shows a cut


def report_truncation(draft: Draft) -> Draft:
    """Flag a text whose last paragraph of prose breaks off.

    A document-sharing site shows the first pages only: 「六、加强基础投入,…完善硬件系统。 城区党」. Elsewhere a missing
    full stop is a slip, so there only an impossible sentence end counts.
    """
    if any(problem.lossy and problem.place == "end of file" for problem in draft.problems):
        return draft.flag(FLAG)  # the reader of the bytes met a character cut in two and said so
    last = next((index for index in reversed(range(len(draft.lines))) if draft.lines[index].text), None)
    if last is None or not _breaks_off(draft.lines[last], preview=_is_preview(draft)):
        return draft
    line = draft.lines[last]
    mark = Mark(len(line.text), "truncated", line.display[-_TAIL:])
    lines = (*draft.lines[:last], line._replace(marks=(*line.marks, mark)), *draft.lines[last + 1 :])
    said = Sentence.of("text-breaks-off", tail=line.display[-_TAIL:])
    problem = Problem.of("normalize", said, page=line.page, lossy=True)
    return replace(draft, lines=lines, problems=(*draft.problems, problem)).flag(FLAG)


def _is_open(text: str) -> bool:
    return any(text.rfind(opening) > text.rfind(closing) for opening, closing in ("《》", "（）", "()"))


def _is_preview(draft: Draft) -> bool:
    """Return whether the text comes from a site that shows the beginning and sells the rest."""
    return SITE in draft.flags and any(taken.rule == SITE and _PREVIEW.search(taken.text) for taken in draft.removals)


def _breaks_off(line: DraftLine, *, preview: bool) -> bool:
    if line.kind == "table" or line.role != "body" or len(line.text) < _LONG or not _PROSE.search(line.text):
        return False
    if _CANNOT_END.search(line.text, len(line.text) - _TAIL) or _is_open(line.text[-_NEAR:]):
        return True
    return preview and not _ENDS.search(line.text) and not _SIGNED.search(line.text)
