"""Text that stands struck through: it is on the page, and a reader sees that it no longer counts.

Marked as Markdown marks it (GitHub Flavored Markdown, 6.5), so that a search still finds it and nobody quotes it as
being in force. The same for every format that can strike text.
"""

MARK = "~~"


def struck(text: str) -> str:
    """Return text marked as struck, the white space around it left outside; blank text is returned as it is."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{MARK}{inner}{MARK}{text[start + len(inner) :]}"
