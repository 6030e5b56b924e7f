"""Learns synonyms from a collection: proposes its short names in a file whose lines a person confirms."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ops.maintenance.words.short_names import ShortName, find_short_names
from schemas.outcomes import State
from schemas.records import DocumentRecord
from search.protocol import Index
from search.query.synonyms import PROPOSED, known_pairs

SEARCHED = (State.INDEXED, State.PARTIAL)
PAGE = 1000
HEAD = """
# Proposed from the collection, those that most documents say first: take the `?` away to use a line, or put `!` in its
# place to refuse it for good. What is left is counted anew when `gongkai synonyms learn` runs again."""
MAX_EVIDENCE = 60


@dataclass(slots=True)
class Proposal:
    """A proposed short name and its full name.

    Attributes:
        short: As written, simplified.
        full: The name.
        places: Number of definitions in the collection.
        documents: Keys of the documents that contain one.
        evidence: Text of the first definition.
    """

    short: str
    full: str
    evidence: str
    places: int = 0
    documents: set[str] = field(default_factory=set)

    def line(self) -> str:
        """Return the proposal as a line of the file."""
        first = min(self.documents)
        said = " ".join(self.evidence.split())[:MAX_EVIDENCE]
        counted = f"{len(self.documents)} documents, {self.places} places"
        return f"{PROPOSED} {self.short}, {self.full}  # {counted}: {first}: {said}"


def learn(index: Index) -> list[Proposal]:
    """Return the short names defined in the texts and titles of ``index``, the most frequent first."""
    found: dict[tuple[str, str], Proposal] = {}
    for record in _records(index):
        for name in _names(index, record):
            one = found.setdefault((name.short, name.full), Proposal(name.short, name.full, name.evidence))
            one.places += 1
            one.documents.add(record.key)
    return sorted(found.values(), key=lambda one: (-len(one.documents), -one.places, one.short, one.full))


def propose(text: str, proposals: list[Proposal]) -> str:
    """Return the file's text with its proposals replaced by these; lines that a person decided stay."""
    known = known_pairs(text)
    kept = [line for line in text.replace(HEAD, "").splitlines() if not line.lstrip().startswith(PROPOSED)]
    lines = [one.line() for one in proposals if frozenset((one.short, one.full)) not in known]
    own = "\n".join(kept).strip("\n")
    return "\n".join([own, *([HEAD, *lines] if lines else [])]).strip("\n") + "\n"


def _records(index: Index) -> Iterator[DocumentRecord]:
    after = ""
    while page := index.records(states=SEARCHED, after=after, limit=PAGE):
        yield from page
        after = page[-1].key


def _names(index: Index, record: DocumentRecord) -> Iterator[ShortName]:
    """Yield each short name of a document once per definition; the title is in every row but counts once."""
    for summary in record.articles:
        yield from find_short_names(summary.title or "")
    for row in index.sections(record.id):
        yield from find_short_names(f"{row.heading or ''}\n{row.text}")
