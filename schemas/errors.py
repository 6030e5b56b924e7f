"""Errors that carry their consequence: the class says what happens next, the message tells the reader what to do.

``DocumentError`` is the document's own fault and is never retried; ``DependencyError`` is a server that is down
and is retried without using up an attempt; everything else is a defect of ours and is recorded as ``crash``.
"""

from schemas.outcomes import Category


class GongkaiError(Exception):
    """Root of all errors this application raises on purpose."""


class SettingsError(GongkaiError):
    """A setting is missing or malformed; the start stops and the message names the setting and what it takes."""


class DocumentError(GongkaiError):
    """The document cannot be read; recorded as a failed outcome and never retried.

    Attributes:
        category: The category recorded with the outcome.
        page: 1-based page where reading stopped, if known.
    """

    def __init__(self, category: Category, message: str, *, page: int | None = None) -> None:
        super().__init__(message)
        self.category = category
        self.page = page


class KilledError(DocumentError):
    """Somebody or the system killed the process that read the document; perhaps not for what the document is.

    It is tried again before it is recorded.
    """


class ScanFoundError(GongkaiError):
    """Pages of the document have to be recognised, which was not asked for here; it waits for those who do that."""


class ObjectChangedError(GongkaiError):
    """The object was overwritten or removed while it was being processed; the work starts again from the bucket.

    Attributes:
        start: Key to start with, where it is not that of the object: its container.
    """

    def __init__(self, message: str, *, start: str | None = None) -> None:
        super().__init__(message)
        self.start = start


class DependencyError(GongkaiError):
    """A server we depend on does not answer; work waits and resumes.

    Attributes:
        server: Which one, as an operator knows it: ``object store``, ``index`` or ``broker``, with its address.
    """

    def __init__(self, server: str, message: str) -> None:
        super().__init__(f"{server}: {message}")
        self.server = server
