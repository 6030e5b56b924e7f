"""Panics of libraries written in Rust: raised past ``Exception``, they are still no more than a damaged document."""

from types import TracebackType

from schemas.errors import DocumentError
from schemas.outcomes import Category


class NoPanic:
    """Raises ``DocumentError`` (category ``corrupt``) in place of a panic that leaves its block."""

    def __init__(self, what: str) -> None:
        """Say what is read: ``the workbook``."""
        self._what = what

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # PyO3 makes the class anew in each library and exports it from none.
        if kind is not None and kind.__name__ == "PanicException":
            message = f"{self._what} is damaged ({error}); ask for a fresh copy"
            raise DocumentError(Category.CORRUPT, message) from None
