"""When two readings of one value are the same: character width, script, white space and end marks aside."""

import re
import unicodedata

from workers.normalize.characters.script import simplify

_MARKS = str.maketrans("〔〕［］【】“”‘’—–－／", "[][][]\"\"''---/")
_END = re.compile(r"[:。;,、.?!]+$")
_NUMBER_MARKS = re.compile(r"[\s、.:()\[\]]")


def plain(text: str | None) -> str:
    """Return a value normalised for comparison."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", simplify(text or ""))).translate(_MARKS)
    return _END.sub("", folded.replace('"', ""))


def plain_number(text: str | None) -> str:
    """Return a section's number without its marks."""
    return re.sub("[第编章节条款]", "", _NUMBER_MARKS.sub("", plain(text)))


def same(one: str | None, other: str | None) -> bool:
    """Return whether two readings are the same; None equals only None."""
    return one is None and other is None if one is None or other is None else plain(one) == plain(other)
