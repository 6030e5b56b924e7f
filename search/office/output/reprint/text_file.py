"""A document as plain text: a line for each paragraph, the cells of a table apart by tabs."""

from collections.abc import Iterable

from schemas.office.output.reprint import Part, TableRows, Title


def text_of(parts: Iterable[Part]) -> str:
    """Return the text; each article begins behind an empty line."""
    return "\n".join(_lines(part) for part in parts).lstrip("\n") + "\n"


def _lines(part: Part) -> str:
    if isinstance(part, Title):
        number = f"\n{part.document_number}" if part.document_number else ""
        return f"\n{part.text}{number}\n"
    if isinstance(part, TableRows):
        return "\n".join("\t".join(row) for row in part.rows)
    return part.text
