"""Remarks on what a word processor's document holds beside its text, so that nothing is dropped silently."""

from collections.abc import Iterator

from schemas.messages.sentence import Sentence
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
        yield Problem.of("convert", Sentence.of("tracked-deletions", count=deletions))
    if hidden:
        yield Problem.of("convert", Sentence.of("hidden-text", count=hidden))
    if comments:
        yield Problem.of("convert", Sentence.of("review-comments", count=comments))
    if objects:
        yield Problem.of("convert", Sentence.of("embedded-objects", count=objects), unread=True)
