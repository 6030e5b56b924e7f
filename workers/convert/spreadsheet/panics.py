"""Panics of libraries written in Rust: raised past ``Exception``, they are still no more than a damaged document."""

from types import TracebackType

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category


class NoPanic:
    """Raises ``DocumentError`` (category ``corrupt``) in place of a panic that leaves its block."""

    def __init__(self, sheet: str = "") -> None:
        """Say which sheet is read; none if it is the workbook."""
        self._sheet = sheet

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # PyO3 makes the class anew in each library and exports it from none.
        if kind is not None and kind.__name__ == "PanicException":
            said = Sentence.of("workbook-damaged", error=str(error))
            if self._sheet:
                said = Sentence.of("sheet-damaged", sheet=self._sheet, error=str(error))
            raise DocumentError(Category.CORRUPT, said) from None
