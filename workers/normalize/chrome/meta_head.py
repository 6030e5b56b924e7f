"""The head of labels above a text: a disclosure page's metadata table as text, or the header a crawler wrote."""

from schemas.blocks import Clue
from workers.normalize.chrome.labels import LOOSE, META, WEB, read_labels
from workers.normalize.draft.sheet import Draft
from workers.runtime.lazy_regex import lazy_compile

_ANY = WEB | LOOSE | META
_RULE = lazy_compile(r"[=\-—_*#~·]{3,}[ ]?(?:正文|内容|全文|以下为正文)?[ ]?[=\-—_*#~·]{3,}")
_MIN_COUNT = 3
_MAX_DEPTH = 40  # lines; such a head stands at the top or not at all


def take_meta_head(draft: Draft) -> Draft:
    """Read a head of at least three labelled lines at the top and take it out, its closing rule included.

    「标题: …年度报告」 「发布时间: 2026-03-10 12:56」 「发布机构: …」 「==== 正文 ====」, from an archive of
    Pingtan's disclosure pages; 「索 引 号：」 「发文机关：」 「成文日期：」 above many a ministry's notice.
    """
    pairs = [read_labels(line.text) for line in draft.lines[:_MAX_DEPTH]]
    labelled = [index for index, found in enumerate(pairs) if found]
    rule = next(
        (i for i, line in enumerate(draft.lines[:_MAX_DEPTH]) if len(line.text) <= 200 and _RULE.fullmatch(line.text)),
        None,
    )
    end = _end_of(labelled, rule, known=[bool(found) and found[0][0] in META for found in pairs])
    if end is None:
        return draft
    taken = range(end) if rule is not None and rule < end else [index for index in labelled if index < end]
    clues = [Clue(*pair, "meta_table") for index in labelled if index < end for pair in pairs[index] if pair[1]]
    return draft.drop(dict.fromkeys(taken, "meta_head")).hint(clues)


def _end_of(labelled: list[int], rule: int | None, *, known: list[bool]) -> int | None:
    """Return the index after the head, or None if there is none."""
    if rule is not None:
        above = [index for index in labelled if index < rule]
        return rule + 1 if len(above) >= _MIN_COUNT and len(above) * 2 >= rule else None
    run: list[int] = []
    for index in labelled:
        if run and index != run[-1] + 1:
            break
        run.append(index)
    return run[-1] + 1 if len(run) >= _MIN_COUNT and any(known[index] for index in run) else None
