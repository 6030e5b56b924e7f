"""Failed documents as the operators' pages list them: with the cause in a Chinese sentence."""

from dataclasses import dataclass

from ops.operations.answers import Trouble, trouble
from schemas.records import DocumentRecord
from search.pages.problem_messages import problem_message


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """One failed document, and what failed: empty if its record names no problem."""

    outcome: Trouble
    cause: str


def failed_document(record: DocumentRecord) -> FailedDocument:
    """Return the entry of a failed document; the deciding problem is the first of its record."""
    cause = problem_message(record.problems[0]).text if record.problems else ""
    return FailedDocument(trouble(record), cause)
