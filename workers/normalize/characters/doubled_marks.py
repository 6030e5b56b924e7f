"""A comma that a page converter put before the mark that stands there: 「,。」, 「,、」, 「,，」."""

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_DOUBLED = lazy_compile("[,，](?=[、，。；：！？])")


def remove_doubled_marks(draft: Draft) -> Draft:
    """Take out a comma straight before another mark, from mirrors of government sites; nobody writes so."""
    return draft.edit(_find) if _DOUBLED.search(draft.text) else draft


def _find(line: DraftLine) -> list[Cut]:
    if "," not in line.text and "，" not in line.text:
        return []
    return [Cut(*found.span(), "doubled_mark") for found in _DOUBLED.finditer(line.text)]
