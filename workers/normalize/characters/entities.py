"""Character references that a page or an export left in its text: ``&nbsp;``, ``&ldquo;``, ``&#12289;``."""

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_REFERENCE = lazy_compile(
    r"&(?:nbsp|ensp|emsp|thinsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|bull|times|deg|permil|yen|sect|laquo"
    r"|raquo|lt|gt|amp|quot|apos|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
)


def resolve_references(draft: Draft) -> Draft:
    """Write the character a reference stands for: 「&ldquo;互联网+政务服务&rdquo;」, from a database export."""
    return draft.edit(_find)


def _find(line: DraftLine) -> list[Cut]:
    if "&" not in line.text:
        return []
    return [Cut(*found.span(), "reference", put=_character(found[0])) for found in _REFERENCE.finditer(line.text)]


def _character(reference: str) -> str:
    import html  # noqa: PLC0415  start-up

    character = html.unescape(reference)
    return " " if character.isspace() else character
