"""Names that strangers chose, as they may be shown: on a terminal, on a page, in a log."""

from unicodedata import category


def readable(name: str) -> str:
    """Return a name that shows what it is: control characters, turns of the writing direction and the like replaced.

    Those are the characters of Unicode's categories C (other); spaces of any width stay.
    """
    return (
        name
        if name.isprintable()
        else "".join("\N{REPLACEMENT CHARACTER}" if category(c)[0] == "C" else c for c in name)
    )
