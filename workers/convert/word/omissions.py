"""Remarks on what a word processor's document holds beside its text, so that nothing is dropped silently."""

from collections.abc import Iterator

from schemas.outcomes import Problem


def report_omissions(deletions: int, comments: int, objects: int) -> Iterator[Problem]:
    """Yield a remark for each kind of thing that is left out; none of them makes the document partial.

    Args:
        deletions: Number of tracked deletions.
        comments: Number of review comments.
        objects: Number of embedded objects (spreadsheets, formulas, packed files).
    """
    if deletions:
        yield Problem("convert", f"{deletions} tracked deletions are not part of the text")
    if comments:
        yield Problem("convert", f"{comments} review comments are not part of the text")
    if objects:
        yield Problem("convert", f"{objects} embedded objects are not read; upload them as files of their own")
