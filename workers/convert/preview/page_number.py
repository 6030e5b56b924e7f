"""Refuse pages that an original does not have."""

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category


def require_page(page: int, pages: int) -> None:
    """Refuse a page that a file does not have.

    Raises:
        DocumentError: It has no such page.
    """
    if not 1 <= page <= pages:
        raise DocumentError(Category.EMPTY, Sentence.of("drawn-no-such-page", page=page, pages=pages))
