"""Running heads and feet that a flattened print repeats on every page, where no converter told them from the text.

Two signs make one certain: the line stands next to page numbers again and again, or it opens or closes page after page
of a format that has pages.
"""

from collections import Counter, defaultdict

from workers.normalize.chrome.page_numbers import is_page_number
from workers.normalize.draft.sheet import Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_MAX_LENGTH = 50
_MIN_COUNT = 3
_MIN_PAGE_SHARE = 0.5  # share of the pages a running head stands on at least
_DIGITS = lazy_compile(r"\d+")
_SENTENCE_END = "。；;！!？?：:，,、"


def remove_running_heads(draft: Draft) -> Draft:
    """Take out running heads: 「山东省人民政府公报」 above every page, 「— 12 —  XX市人民政府办公室」 below.

    Runs before page numbers are removed, because they are the sign.
    """
    numbers = [is_page_number(line) for line in draft.lines]
    texts = [
        _DIGITS.sub("0", line.text) if _is_short(line) and not number else ""
        for line, number in zip(draft.lines, numbers, strict=True)
    ]
    heads = _beside_numbers(numbers, texts) | _on_page_edges(draft, texts)
    return draft.drop({index: "running_head" for index, text in enumerate(texts) if text and text in heads})


def _is_short(line: DraftLine) -> bool:
    return (
        line.kind == "paragraph"
        and 1 < len(line.text) <= _MAX_LENGTH
        and not line.number
        and line.text[-1] not in _SENTENCE_END
    )


def _beside_numbers(numbers: list[bool], texts: list[str]) -> set[str]:
    """Return the texts that stand at least three times, each time with a page number directly before or after."""
    if sum(numbers) * 2 < _MIN_COUNT:
        return set()
    times = Counter(texts)
    beside = Counter(
        text
        for index, text in enumerate(texts)
        if text and any(numbers[other] for other in (index - 1, index + 1) if 0 <= other < len(numbers))
    )
    return {text for text, count in beside.items() if count >= _MIN_COUNT and count == times[text]}


def _on_page_edges(draft: Draft, texts: list[str]) -> set[str]:
    """Return the texts that are the first or the last line of at least three pages and of half of them."""
    pages: dict[int, list[str]] = defaultdict(list)
    for line, text in zip(draft.lines, texts, strict=True):
        if line.page is not None:
            pages[line.page].append(text)
    edges = Counter(text for page in pages.values() for text in {page[0], page[-1]} if text)
    enough = max(_MIN_COUNT, _MIN_PAGE_SHARE * len(pages))
    return {text for text, count in edges.items() if count >= enough}
