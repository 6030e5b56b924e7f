"""Remarks on what a word processor's document holds beside its text, so that nothing is dropped silently."""

from collections.abc import Iterator

from schemas.outcomes import Problem


def report_omissions(deletions: int, comments: int, objects: int, *, hidden: int = 0) -> Iterator[Problem]:
    """Yield a remark for each kind of thing that is left out; none of them makes the document partial.

    Args:
        deletions: Number of tracked deletions.
        comments: Number of review comments.
        objects: Number of embedded objects (spreadsheets, formulas, packed files).
        hidden: Number of paragraphs with text that is not shown.
    """
    if deletions:
        yield Problem("convert", f"{deletions} tracked deletions are not part of the text")
    if hidden:
        why = "hidden, in the colour of the paper or of no size"
        yield Problem("convert", f"text that no page shows ({why}) is not part of the text, in {hidden} paragraphs")
    if comments:
        yield Problem("convert", f"{comments} review comments are not part of the text")
    if objects:
        message = f"{objects} embedded objects are not read; upload them as files of their own"
        yield Problem("convert", message, unread=True)
