"""Page furniture learnt per source: short lines that recur over many documents of one key prefix.

A line is proposed if enough documents of a source have it at their edges; a person confirms or rejects it.
Normalisation removes confirmed lines from then on (``workers.normalize.chrome.learnt``); rejected ones are never
proposed again. Both lists lie in the derived store. ``ops.maintenance.furniture`` chooses the documents to read and to
reprocess.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b

from schemas.cleaned import Normalized, Paragraph
from schemas.records import document_id
from workers.extract.grammar.dates import read_whole_date
from workers.extract.grammar.organs import is_organ
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.title_shape import ends_like_title
from workers.normalize.chrome.learnt import MAX_LINE_LENGTH, RULE, line_form
from workers.storage.protocol import ObjectStore

# Fewest documents with the line, and smallest share of the source, for it to be proposed.
MIN_DOCUMENTS = 5
SHARE = 0.2
# How long a process caches the list.
FRESH_SECONDS = 5.0

_EDGE = 15
_MIN_LENGTH = 2
# Most lines counted per source; beyond it the rarest are dropped (Misra and Gries, "Finding repeated elements", 1982).
_MAX_COUNT = 50_000
_PLACE = "furniture/lines.json"
_AGAIN = "again/"


@dataclass(frozen=True, slots=True)
class Furniture:
    """One line of one source.

    Attributes:
        prefix: Of the keys of its documents; empty for all.
        line: As it stands in one of them.
        documents: How many of the ``seen`` documents had it when it was last learnt.
        seen: How many documents were counted.
        state: ``learnt``, ``confirmed`` or ``rejected``.
    """

    prefix: str
    line: str
    documents: int = 0
    seen: int = 0
    state: str = "learnt"

    @property
    def form(self) -> str:
        """Return the form in which lines are compared."""
        return line_form(self.line)

    @property
    def id(self) -> str:
        """Return eight hexadecimal digits that stand for prefix and form."""
        return blake2b(f"{self.prefix}\0{self.form}".encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


@dataclass(slots=True)
class Tally:
    """How many documents of one source have each line at their edges."""

    prefix: str
    seen: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    lines: dict[str, str] = field(default_factory=dict)

    def count(self, normalized: Normalized) -> None:
        """Count one more document."""
        self.seen += 1
        found = {line_form(line): line for line in candidates(normalized)}
        self.counts.update(found.keys())
        self.lines.update(found)
        if len(self.counts) > _MAX_COUNT:
            self.counts = Counter({form: count - 1 for form, count in self.counts.items() if count > 1})
            self.lines = {form: self.lines[form] for form in self.counts}

    def learnt(self) -> Iterator[Furniture]:
        """Yield the lines that recur, the most frequent first."""
        for form, count in self.counts.most_common():
            if count >= max(MIN_DOCUMENTS, SHARE * self.seen):
                yield Furniture(self.prefix, self.lines[form], count, self.seen)


def source_of(key: str) -> str:
    """Return the default prefix of a key: its first folder; empty at the top level."""
    folder, slash, _ = key.partition("/")
    return folder + slash if slash else ""


def candidates(normalized: Normalized) -> Iterator[str]:
    """Yield the lines at a document's edges that may be furniture, including those already removed as furniture."""
    body = [paragraph for paragraph in normalized.paragraphs if paragraph.role == "body"]
    edges = body if len(body) <= 2 * _EDGE else body[:_EDGE] + body[-_EDGE:]
    yield from (paragraph.text for paragraph in edges if _may_be(paragraph))
    yield from (removal.text for removal in normalized.removals if removal.rule == RULE)


def holds(normalized: Normalized, form: str) -> bool:
    """Return whether a document has a line of this form in its text."""
    return any(len(p.text) <= MAX_LINE_LENGTH and line_form(p.text) == form for p in normalized.paragraphs)


def has_lost_line(normalized: Normalized, form: str) -> bool:
    """Return whether a line of this form was removed from a document as learnt furniture."""
    return any(removal.rule == RULE and line_form(removal.text) == form for removal in normalized.removals)


def _may_be(paragraph: Paragraph) -> bool:
    """Return whether a line is short and not needed for the outline or the record of a document."""
    text = paragraph.text
    return (
        paragraph.kind == "paragraph"
        and _MIN_LENGTH <= len(text) <= MAX_LINE_LENGTH
        and not text.endswith((":", "："))
        and read_label(text) is None
        and read_whole_date(text) is None
        and not is_organ(text)
        and not ends_like_title(text)
    )


class FurnitureList:
    """The list in one derived store; usable from any thread.

    It is one small object: of two changes at the same instant, one may be lost.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read_at = 0.0
        self._confirmed: dict[str, frozenset[str]] = {}

    def all(self) -> list[Furniture]:
        """Return every line currently in the store.

        Raises:
            DependencyError: The store cannot be reached.
        """
        data = self._store.read(_PLACE)
        return [Furniture(**each) for each in json.loads(data)] if data else []

    def save(self, lines: list[Furniture]) -> None:
        """Replace the list; other processes see it at most ``FRESH_SECONDS`` later.

        Raises:
            DependencyError: The store cannot be reached.
        """
        data = json.dumps([asdict(each) for each in lines], ensure_ascii=False, indent=1).encode("utf-8")
        self._store.write(_PLACE, data, content_type="application/json")

    def list_confirmed(self, key: str) -> frozenset[str]:
        """Return the forms of the lines confirmed for the source of a key.

        Raises:
            DependencyError: The store cannot be reached.
        """
        with self._lock:
            if not self._read_at or time.monotonic() - self._read_at > FRESH_SECONDS:
                self._confirmed = _by_prefix(self.all())
                self._read_at = time.monotonic()
            found = [forms for prefix, forms in self._confirmed.items() if key.startswith(prefix)]
        return frozenset().union(*found)


def _by_prefix(lines: list[Furniture]) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for each in lines:
        if each.state == "confirmed":
            forms.setdefault(each.prefix, set()).add(each.form)
    return {prefix: frozenset(found) for prefix, found in forms.items()}


def ask_again(derived: ObjectStore, key: str) -> None:
    """Mark a document to be normalised again, although it has not changed.

    Raises:
        DependencyError: The store does not answer.
    """
    derived.write(_AGAIN + document_id(key), b"", content_type="text/plain")


def is_due_again(derived: ObjectStore, key: str) -> bool:
    """Return whether a document is marked to be normalised again.

    Raises:
        DependencyError: The store does not answer.
    """
    return derived.stat(_AGAIN + document_id(key)) is not None


def due_again(derived: ObjectStore) -> frozenset[str]:
    """Return the identifiers of all documents marked to be normalised again.

    Raises:
        DependencyError: The store does not answer.
    """
    return frozenset(info.key.removeprefix(_AGAIN) for info in derived.list(_AGAIN))


def done_again(derived: ObjectStore, key: str) -> None:
    """Remove the mark of a document that was normalised again.

    Raises:
        DependencyError: The store does not answer.
    """
    derived.remove(_AGAIN + document_id(key))
