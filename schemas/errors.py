"""Errors that carry their consequence: the class decides what happens next, the message says what to do.

``DocumentError`` is the document's own fault and is never retried; ``DependencyError`` is a server that is down
and is retried without using up an attempt; any other error is a defect of ours and is recorded as ``crash``.
"""

from schemas.messages.sentence import Said
from schemas.outcomes import Category


class GongkaiError(Exception):
    """Root of all errors this application raises on purpose."""


class SettingsError(GongkaiError):
    """A setting is missing or malformed; the start stops, and the message names the setting and its valid values."""


class DocumentError(GongkaiError):
    """The document cannot be read; recorded as a failed outcome and never retried.

    Attributes:
        category: The category recorded with the outcome.
        said: The message as a sentence with its code, or in words where a program without codes said it.
        page: 1-based page where reading stopped, if known.
    """

    def __init__(self, category: Category, said: Said, *, page: int | None = None) -> None:
        super().__init__(str(said))
        self.category = category
        self.said = said
        self.page = page


class KilledError(DocumentError):
    """The process that read the document was killed, perhaps for another reason than the document.

    The document is retried before the failure is recorded.
    """


class ScanFoundError(GongkaiError):
    """Pages of the document need OCR, which this stage does not do; the document moves to the scan queue."""


class ObjectChangedError(GongkaiError):
    """The object was overwritten or removed while it was being processed; the work starts again from the bucket.

    Attributes:
        start: Key to start with, if it differs from the object's: its container.
    """

    def __init__(self, message: str, *, start: str | None = None) -> None:
        super().__init__(message)
        self.start = start


class BusyError(GongkaiError):
    """As much of this work as is allowed at once is being done; the caller should try again in a moment."""


class DependencyError(GongkaiError):
    """A required server does not answer; work waits and resumes.

    Attributes:
        server: The server's name for operators: ``object store``, ``index`` or ``broker``, with its address.
    """

    def __init__(self, server: str, message: str) -> None:
        super().__init__(f"{server}: {message}")
        self.server = server
