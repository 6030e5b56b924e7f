"""Make untrusted names safe to display on a terminal, a page or in a log."""

from unicodedata import category


def readable(name: str) -> str:
    """Return a name with control characters, changes of the writing direction and the like replaced.

    These are the characters of Unicode's categories C (other); spaces of any width stay.
    """
    return (
        name
        if name.isprintable()
        else "".join("\N{REPLACEMENT CHARACTER}" if category(c)[0] == "C" else c for c in name)
    )


def gap_after(number: str | None) -> str:
    """Return what stands between a section's number and its heading: a blank after 第一章 and 1.2, else nothing."""
    apart = number and (number.endswith(("编", "章", "节", "分", "条")) or number[-1].isdigit())
    return " " if apart else ""


def join_number(number: str | None, heading: str | None) -> str:
    """Return the line a section is headed by: ``第一章 总则``, ``一、工作情况``."""
    return f"{number or ''}{gap_after(number) if heading else ''}{heading or ''}"
